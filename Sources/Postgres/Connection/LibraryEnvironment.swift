import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// The variables of this process by which libpq fills in what a connection string leaves open.
package enum LibraryEnvironment {
    /// Removes every variable that begins with `PG`.
    ///
    /// Giving all parameters explicitly would not do: an empty value cannot override a variable (`PGHOSTADDR`,
    /// `PGSERVICE`, `PGOPTIONS`), and some have no parameter (`PGTZ`, `PGDATESTYLE`, `PGGEQO`). `unsetenv(3)` is not safe
    /// beside a `getenv(3)` of another thread: call this before the first connection.
    package static func clear() {
        for name in ProcessInfo.processInfo.environment.keys where name.hasPrefix("PG") { unsetenv(name) }
    }
}
