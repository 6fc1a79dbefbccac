import Spool
import Store

// Settings of the database and of what waits for it.
extension Setting {
    static let databaseCommands: Set<Command> = [.serve, .migrate, .config]

    package static let dataDirectory = Setting(
        "data-dir",
        \.dataDirectory,
        .path,
        commands: databaseCommands.union([.geoip]),
        documentedDefaults: DataDirectory.documented,
        help: "Directory of the embedded database, unused with a database URL: at most 86 bytes, without commas, "
            + "quotation marks, dollar signs, backticks, backslashes and control characters"
    )
    package static let databaseURL = Setting(
        "database-url",
        \.database,
        .connection,
        customaryVariable: "DATABASE_URL",
        commands: databaseCommands,
        help:
            "PostgreSQL 15 to 18 to use instead of the embedded one; a URL with a password is better not given as a flag"
    )
    package static let databasePassword = Setting(
        "database-password",
        \.databasePassword,
        .password,
        help: "Password for a database URL that contains none"
    )
    package static let flavour = Setting(
        "flavour",
        \.flavour,
        .flavour,
        commands: databaseCommands,
        help: "Kind of database; auto takes TimescaleDB (2.28 or later) where it is available"
    )
    package static let queryURL = Setting(
        "query-url",
        \.queryDatabase,
        .connection,
        help:
            "The same database as the login hourglass_query, by which SQL of people's own is run; without it there is "
            + "none of that with a database URL"
    )
    package static let readersPort = Setting(
        "sql-port",
        \.readersPort,
        .number(0...65_535),
        help: "Port on which the embedded database lets other programs read, as the login hourglass_reader; 0 for none"
    )
    package static let readersHost = Setting(
        "sql-host",
        \.readersHost,
        .text,
        help: "Address for that port; what goes through it is not encrypted"
    )
    package static let readersPassword = Setting(
        "sql-password",
        \.readersPassword,
        .password,
        help: "Password of hourglass_reader, of at least 12 characters"
    )
    package static let queries = Setting(
        "queries",
        \.queries,
        .optionalPath,
        help: "Folder of questions in SQL, public/*.sql and private/*.sql"
    )
    package static let spool = Setting(
        "spool",
        \.spool,
        .place,
        help:
            "Where events wait on disk while the database is unreachable: a directory, off, or auto, which is in the data "
            + "directory with the embedded database and off with a database URL"
    )
    package static let spoolSize = Setting(
        "spool-size",
        \.spoolLimits.bytes,
        .number((1 << 20)...(1 << 50)),
        help: "Largest spool, in bytes; an event takes about 20 and its user"
    )
    package static let writers = Setting(
        "writers",
        \.store.writers,
        .number(1...64),
        help: "Database connections that store events"
    )
    package static let readers = Setting(
        "readers",
        \.store.readers,
        .number(1...64),
        help: "Database connections that answer queries"
    )
    package static let reportMemory = Setting(
        "report-memory",
        \.store.partMemory,
        .number((1 << 20)...(1 << 40)),
        help: "Bytes of memory for the hits of reports, which are kept as columns between questions, and an eighth "
            + "more for what was counted; what does not fit is read again from the database"
    )
}
