import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// The environment variables from which libpq takes parameters that a connection string does not give.
package enum LibraryEnvironment {
    /// Removes every variable that begins with `PG`.
    ///
    /// Passing all parameters explicitly is not enough: an empty value does not override a variable (`PGHOSTADDR`,
    /// `PGSERVICE`, `PGOPTIONS`), and some have no parameter (`PGTZ`, `PGDATESTYLE`, `PGGEQO`). `unsetenv(3)` is not safe
    /// while another thread calls `getenv(3)`: call this before the first connection.
    package static func clear() {
        for name in ProcessInfo.processInfo.environment.keys where name.hasPrefix("PG") { unsetenv(name) }
    }
}
