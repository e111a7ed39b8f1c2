"""What each earlier version of the program wrote: rows in every table that it had, as SQL.

Each part is what its revision of the schema brought, written as that version wrote it; names of
people stand in the rows themselves, as they did until they got a table of their own.
"""

BROUGHT = {
    "0001": """
INSERT INTO import_batch (recorded_by, note) VALUES ('Eva', '');
INSERT INTO import_file VALUES (1, 'operating.csv', repeat('a', 64));
INSERT INTO document (key, title, kind, pages)
    VALUES ('b', 'Bilaga', 'bilaga', '4'), ('a', 'Ärende', 'ärende', '');
INSERT INTO place (document_key, section) VALUES ('b', 'Driftkostnader');
INSERT INTO occasion (year, number) VALUES (2023, 2);
INSERT INTO occasion_days (occasion_id, year, period_start, period_end, appendix_dated,
    meeting_on, document_key, batch_id)
    VALUES (1, 2023, '2023-01-01', '2023-04-30', '2023-05-04', '2023-05-08', 'a', 1);
INSERT INTO activity VALUES ('031', 'Service'), ('032', 'IT'), ('grupp', 'Tillsammans');
INSERT INTO activity_member VALUES ('grupp', '031'), ('grupp', '032');
INSERT INTO project VALUES ('natet', 'Nätet', 'project', 1);
INSERT INTO project_code VALUES ('natet', '0003');
INSERT INTO municipality VALUES ('2085', 'Ludvika');
INSERT INTO collaboration VALUES ('e-dala', 'E-dala', 1);
""",
    "0002": """
INSERT INTO operating_line (occasion_id, item, span, measure, printed, amount, precision_kr,
    place_id, batch_id)
    VALUES (1, 'cost', 'period', 'outcome', '-21,5', -21500000, 100000, 1, 1);
INSERT INTO appropriation (occasion_id, project_key, kind, printed, amount, precision_kr,
    place_id, batch_id) VALUES (1, 'natet', 'appropriation', '6,4', 6400000, 100000, 1, 1);
INSERT INTO project_result (occasion_id, project_key, measure, printed, unknown_reason,
    precision_kr, place_id, batch_id)
    VALUES (1, 'natet', 'outcome', '?', 'papperet anger den inte', 100000, 1, 1);
INSERT INTO contribution (occasion_id, collaboration_key, municipality_code, year, standing,
    printed, amount, precision_kr, place_id, batch_id)
    VALUES (1, 'e-dala', '2085', 2023, 'in_force', '18 300', 18300.55, 1, 1, 1);
INSERT INTO allocation_key (occasion_id, collaboration_key, equal_part, counted_on, place_id,
    batch_id) VALUES (1, 'e-dala', 0.5, '1 november', 1, 1);
INSERT INTO allocation_key_member VALUES (1, '2085');
INSERT INTO population (municipality_code, as_of, inhabitants, place_id, batch_id)
    VALUES ('2085', '2022-12-31', 26000, 1, 1);
INSERT INTO published_total (occasion_id, ref, printed, amount, precision_kr, place_id, batch_id)
    VALUES (1, 'investment:total:forecast', '7,8', 7800000, 100000, 1, 1);
INSERT INTO published_claim (occasion_id, ref, kind, flag, printed, unknown_reason, precision_kr,
    place_id, batch_id) VALUES (1, 'plan', 'flag', true, 'ja', 'ett påstående', 0, 1, 1);
INSERT INTO printed_cell (occasion_id, document_key, table_name, row_no, column_no, role, text,
    batch_id) VALUES (1, 'b', 'Investeringar', 0, 0, 'heading', 'Anslag', 1);
""",
    "0003": """
INSERT INTO scenario (id) VALUES ('00000000-0000-0000-0000-000000000001');
INSERT INTO scenario_version (scenario_id, version, name, author, note, document, year, number,
    batch, state) VALUES ('00000000-0000-0000-0000-000000000001', 1, 'Höst', 'Eva', '', '{}', 2023,
    2, 1, 'open');
INSERT INTO scenario_version (scenario_id, version, name, author, note, document, year, number,
    batch, state) VALUES ('00000000-0000-0000-0000-000000000001', 2, 'Höst', 'Bo', '', '{"a": 1}',
    2023, 2, 1, 'open');
""",
    "0004": """
INSERT INTO agenda_version (year, number, version, document, author)
    VALUES (2023, 2, 1, '{}', 'Eva');
INSERT INTO decision_version (year, number, item, version, text, accepted, author)
    VALUES (2023, 2, '3', 1, 'Nämnden beslutar', true, 'Eva');
INSERT INTO meeting (code, year, number, started_by) VALUES ('BCDFG', 2023, 2, 'Eva');
INSERT INTO meeting_now (code, place, presenter, presenter_mark)
    VALUES ('BCDFG', '{}', 'Cia', repeat('b', 64));
INSERT INTO meeting_shown (code, sequence, view, batch) VALUES ('BCDFG', 0, 'opening', 1);
INSERT INTO meeting_ask (code, name, mark) VALUES ('BCDFG', 'Bo', repeat('c', 64));
INSERT INTO meeting (code, year, number, started_by) VALUES ('BCDFH', 2023, 2, 'Eva');
INSERT INTO meeting_now (code, place, presenter, presenter_mark, ended_at)
    VALUES ('BCDFH', '{}', 'Eva', repeat('b', 64), now());
INSERT INTO meeting_end VALUES ('BCDFH', '{"presenter": "Eva"}');
INSERT INTO presenter_key (mark, used_by, used_at) VALUES (repeat('d', 64), repeat('b', 64), now());
INSERT INTO app_process VALUES ('here:1', 't', '{}', now());
""",
    "0005": """
INSERT INTO import_batch (recorded_by, note, kind) VALUES ('Bo', '', 'ledger');
INSERT INTO ledger (starts, ends, program, sie_type, months, fingerprint, place_id, batch_id)
    VALUES ('2023-01-01', '2023-12-31', 'P', '4', ARRAY['2023-01-01'::date], repeat('e', 64), 1, 2);
INSERT INTO ledger_entry VALUES (1, '2023-01-01', '5010', '31', '', 'outcome', -100.25);
INSERT INTO ledger_month VALUES (1, 0, '2023-01-01', 'cost', '', '', 'outcome', -100.25, 2);
INSERT INTO ledger_map_version (version, document, author, batch_id)
    VALUES (1, '{"accounts": [], "cost_centres": {}, "projects": {}}', 'Bo', 2);
INSERT INTO finding_answer (year, number, key, version, state, words, author, fingerprint)
    VALUES (2023, 2, 'k', 1, 'explained', 'Felskrivet', 'Cia', repeat('f', 64));
INSERT INTO issued_report (id, year, number, batch, format, options, fingerprint, sha256, content,
    issued_by) VALUES ('00000000-0000-0000-0000-000000000002', 2023, 2, 1, 'pdf', '{}', 'f',
    encode(sha256('papper'), 'hex'), 'papper', 'Eva');
""",
}
