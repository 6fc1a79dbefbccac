import FoundationEssentials
import SystemPackage

extension EmbeddedPostgres {
    /// Writes the settings at each start, so that those of a newer hourglass take effect.
    ///
    /// Returns true if they are unchanged.
    func configure() throws -> Bool {
        // Peer authentication: the operating system user of the server may log in as these roles, no other user as any.
        var rules = "local all all peer map=hourglass\n"
        if listening != nil { rules += "host \(Self.database) \(Self.readLogin) all scram-sha-256\n" }
        try write(rules, to: "pg_hba.conf")
        let logins = [Self.administrator, Self.login, Self.queryLogin]
        try write(logins.map { "hourglass \(binaries.ownName) \($0)\n" }.joined(), to: "pg_ident.conf")
        try includeSettings()
        return try write(settings + (hasTimescaleDB ? extensionSettings : ""), to: "hourglass.conf")
    }

    private var settings: String {
        """
        listen_addresses = '\(listening?.host ?? "")'
        port = \(port)
        unix_socket_directories = \(Self.quoted(socket))
        unix_socket_permissions = 0700
        shared_buffers = 256MB
        max_connections = \(connections)
        min_wal_size = 512MB
        max_wal_size = 4GB
        jit = off
        logging_collector = on
        log_directory = 'log'
        log_filename = 'postgresql-%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0
        """
    }

    private var extensionSettings: String {
        """

        shared_preload_libraries = 'timescaledb'
        timescaledb.telemetry_level = off
        timescaledb.max_background_workers = 0
        """
    }

    private func includeSettings() throws {
        let path = data.appending("postgresql.conf").string
        let line = "\ninclude 'hourglass.conf'\n"
        let existing = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        if !existing.hasSuffix(line) { try write(existing + line, to: "postgresql.conf") }
    }

    /// Writes a file in the data directory; returns true if it had the same contents before.
    @discardableResult
    private func write(_ text: String, to name: String) throws -> Bool {
        let path = data.appending(name).string
        // A missing file counts as changed.
        let before = try? Data(contentsOf: URL(filePath: path))
        try Data(text.utf8).write(to: URL(filePath: path))
        // PostgreSQL must be able to read a file that root wrote; other users cannot enter the directory.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        return before == Data(text.utf8)
    }
}
