"""Pictures of each page: domain figures and Swedish texts put together as chart data."""
