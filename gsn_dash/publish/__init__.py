"""Files and open data over HTTP: what the figures in force give, fetched by anybody."""
