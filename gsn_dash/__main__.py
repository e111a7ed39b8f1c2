"""The operator's commands: python -m gsn_dash --help."""

import argparse
import getpass
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from gsn_dash.operate.parser import DESCRIPTION, SURROUNDINGS, SwedishParser
from gsn_dash.settings import Settings, SettingsError, read_settings

FAILED = 1
INTERRUPTED = 130


def make_parser() -> argparse.ArgumentParser:
    """The commands and their options, all in Swedish."""
    parser = SwedishParser(prog="python -m gsn_dash", description=DESCRIPTION, epilog=SURROUNDINGS)
    commands = parser.add_subparsers(
        title="Kommandon", metavar="KOMMANDO", dest="command", required=True
    )

    def command(name: str, work: Callable, summary: str) -> SwedishParser:
        sub = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
        sub.set_defaults(work=work)
        return sub

    serve = command("serve", _serve, "förbered databasen och visa webbplatsen")
    serve.choices.add_argument(
        "--with-parent", action="store_true", help="stanna när det som startade programmet dör"
    )
    command("migrate", _migrate, "gör i ordning databasens tabeller")
    load = command("load", _load, "läs in uppgifterna ur en mapp")
    what = load.add_argument_group("Vad som läses in")
    what.add_argument("folder", nargs="?", type=Path, metavar="MAPP", help="annars data/")
    _add_import(command("import", _import, "läs in en fil, efter en visning av vad den ändrar"))
    _add_appendix(command("appendix", _appendix, "gör nämndpapperets bilaga som fil"))
    command("roles", _roles, "gör i ordning databasens roller, som får göra var sin sak")
    _add_audit(command("audit", _audit, "visa vem som gjort vad, pröva att loggen är hel"))
    for name, work, summary in (
        ("backup", _backup, "spara hela databasen i en fil"),
        ("restore", _restore, "läs in en säkerhetskopia i en tom databas"),
    ):
        what = command(name, work, summary).add_argument_group("Vilken fil")
        what.add_argument("file", type=Path, metavar="FIL", help="säkerhetskopian")
    command("check", _check, "kontrollera siffrorna mot det som handlingarna säger")
    _add_people(command("people", _people, "visa dem som har loggat in, ge någon en roll"))
    key = command("key", _key, "ge ut en nyckel för att hålla möte och ändra siffror")
    key.choices.add_argument(
        "--role", metavar="ROLL", default="redaktör", help="mötesledare, redaktör, administratör"
    )
    return parser


def _add_people(command: SwedishParser) -> None:
    what = command.add_argument_group("Vem")
    what.add_argument("person", nargs="?", default="", metavar="ID", help="annars visas alla")
    command.choices.add_argument("--role", metavar="ROLL", default="", help="rollen hen ska ha")
    command.choices.add_argument("--log-out", action="store_true", help="logga ut hen överallt")


def _add_import(command: SwedishParser) -> None:
    what = command.add_argument_group("Vad som läses in")
    what.add_argument("file", type=Path, metavar="FIL", help="xlsx, ods, csv eller SIE")
    choices = {
        "--occasion": ("TILLFÄLLE", "vilket tillfälle filen gäller, till exempel 2023-3"),
        "--period-end": ("DAG", "ett nytt tillfälles sista dag, till exempel 2023-08-31"),
        "--meeting-on": ("DAG", "dagen för nämndens möte"),
        "--appendix-dated": ("DAG", "dagen som papperet är daterat"),
        "--title": ("NAMN", "vad papperet heter; annars ”Uppföljning, tillfälle 3 2023”"),
    }
    for name, (metavar, summary) in choices.items():
        command.choices.add_argument(name, metavar=metavar, default="", help=summary)
    command.choices.add_argument("--yes", action="store_true", help="läs in utan att fråga")


def _add_appendix(command: SwedishParser) -> None:
    choices = {
        "--occasion": ("TILLFÄLLE", "vilket tillfälle, till exempel 2023-2; annars det senaste"),
        "--format": ("SLAG", "pdf eller docx (pdf)"),
        "--out": ("FIL", "var filen sparas; annars utkast-bilaga-2023-2.pdf och så vidare"),
        "--dated": ("DAG", "bilagans datum, till exempel 2023-05-04; annars tillfällets"),
        "--again": ("ID", "gör om en utfärdad bilaga och jämför med den som är sparad"),
    }
    for name, (metavar, summary) in choices.items():
        command.choices.add_argument(name, metavar=metavar, default="", help=summary)
    command.choices.add_argument(
        "--scenario", metavar="ID", nargs="+", default=[], help="frysta scenarier som ska vara med"
    )
    command.choices.add_argument(
        "--issue", action="store_true", help="utfärda bilagan; utan det är den märkt som utkast"
    )


def _add_audit(command: SwedishParser) -> None:
    what = command.add_argument_group("Vad som görs")
    what.add_argument(
        "deed", choices=("verify", "list", "erase"), metavar="VAD",
        help="verify prövar att loggen är hel, list visar den, erase tar bort ett namn",
    )  # fmt: skip
    what.add_argument("name", nargs="?", default="", metavar="NAMN", help="namnet som tas bort")
    command.choices.add_argument(
        "--head", metavar="SUMMA", default="", help="en kontrollsumma som ska finnas i loggen"
    )
    command.choices.add_argument(
        "--most", metavar="ANTAL", type=int, default=50, help="hur många som visas (50)"
    )
    command.choices.add_argument("--yes", action="store_true", help="ta bort namnet för alltid")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 well, 1 failed, 2 misused."""
    chosen = make_parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ)
    except SettingsError as problem:
        return _fail(str(problem))
    try:
        return chosen.work(settings, chosen)
    except KeyboardInterrupt:
        return INTERRUPTED


def _serve(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.serve import serve

    return serve(settings, with_parent=chosen.with_parent)


def _migrate(settings: Settings, _chosen: argparse.Namespace) -> int:
    from gsn_dash.store.migrate import migrate

    def work(engine) -> int:
        migrate(engine)
        print("Databasens tabeller är i ordning.")
        return 0

    return _with_store(settings, work)


def _load(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.load import load_data
    from gsn_dash.store.migrate import migrate

    folder = chosen.folder or settings.data
    if not folder.is_dir():
        return _fail(f"Mappen {folder} finns inte; ange en mapp med handlingarnas uppgifter.")

    def work(engine) -> int:
        migrate(engine)
        report = load_data(engine, folder, by=getpass.getuser())
        print(report.sentence)
        for problem in report.problems:
            print(problem, file=sys.stderr)
        return FAILED if report.problems else 0

    return _with_store(settings, work)


def _import(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.importing import Asked, run_import
    from gsn_dash.store.migrate import migrate

    days = (chosen.period_end, chosen.meeting_on, chosen.appendix_dated)
    asked = Asked(chosen.file, chosen.occasion, *days, chosen.title, is_sure=chosen.yes)
    ask = input if sys.stdin.isatty() else None

    def work(engine) -> int:
        migrate(engine)
        return run_import(engine, asked, getpass.getuser(), ask)

    return _with_store(settings, work)


def _appendix(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.appendix import Wanted, run_appendix

    wanted = Wanted(
        chosen.occasion,
        chosen.format or "pdf",
        chosen.out,
        chosen.dated,
        tuple(chosen.scenario),
        chosen.issue,
        chosen.again,
    )
    by = getpass.getuser()
    return _with_store(settings, lambda engine: run_appendix(engine, wanted, by), makes=False)


def _roles(settings: Settings, _chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.prepare import set_up_roles
    from gsn_dash.store.migrate import migrate
    from gsn_dash.store.rights import LOGINS

    def work(engine) -> int:
        migrate(engine)
        set_up_roles(settings, engine)
        print(f"Rollerna {', '.join(LOGINS)} är i ordning och får göra var sin sak.")
        return 0

    return _with_store(settings, work)


def _audit(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.audit import run_erase, run_list, run_verify

    def work(engine) -> int:
        if chosen.deed == "verify":
            return run_verify(engine, chosen.head)
        if chosen.deed == "list":
            return run_list(engine, chosen.most)
        return run_erase(engine, chosen.name, chosen.yes, getpass.getuser())

    return _with_store(settings, work, makes=False)


def _backup(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.backup import run_backup

    return _with_store(settings, lambda engine: run_backup(engine, chosen.file), makes=False)


def _restore(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.backup import run_restore

    by = getpass.getuser()
    return _with_store(settings, lambda engine: run_restore(engine, chosen.file, by))


def _check(settings: Settings, _chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.check import run_check

    return _with_store(settings, run_check, makes=False)


def _key(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.keys import run_key
    from gsn_dash.settings_access import ROLE_NAMES
    from gsn_dash.store.migrate import migrate

    if ROLE_NAMES.get(chosen.role, "reader") == "reader":
        return _fail(f"En nyckel kan inte ge rollen {chosen.role}; se --help.")

    def work(engine) -> int:
        migrate(engine)
        return run_key(engine, chosen.role)

    return _with_store(settings, work)


def _people(settings: Settings, chosen: argparse.Namespace) -> int:
    from gsn_dash.operate.people import run_people

    asked = chosen.person, chosen.role, chosen.log_out
    return _with_store(settings, lambda engine: run_people(engine, *asked), makes=False)


def _with_store(settings: Settings, work: Callable, makes: bool = True) -> int:
    """The exit code of `work(engine)`; only what `makes` something makes a database of our own
    where there is none."""
    from gsn_dash.operate.prepare import StoreUnavailable, check_made, open_store, release

    # The operator gets one sentence; what lies behind it is the server's log to keep.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        if not makes:
            check_made(settings)
        with open_store(settings) as engine:
            return work(engine)
    except StoreUnavailable as problem:
        return _fail(problem.sentence)
    finally:
        release(settings)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    raise SystemExit(main())
