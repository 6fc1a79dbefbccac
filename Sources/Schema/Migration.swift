/// A numbered step of the schema: a file in `sql/tables/` or `sql/online/`, never changed after a release.
///
/// A file in `tables/` is a script, which runs in one transaction. A file in `online/` is a query for the statements that
/// are still to be run, each outside of a transaction (`OnlineTask`).
struct Migration: Sendable {
    let number: Int
    /// The name of the file without number, flavour and ending.
    let name: String
    /// The flavour of the step; nil if both have the same.
    let flavour: Flavour?
    let sql: String
    /// True if the step is a query for statements, false if it is a script.
    let isOnline: Bool
    /// The last step that a program has to know to work with the schema after this one.
    let compatibleWith: Int

    /// The step in a file; nil unless it is in `tables/` or `online/` and has a number from 1 on.
    private init?(_ file: SchemaPath, sql: String) {
        let parts = file.name.split(separator: "_", maxSplits: 1)
        guard ["tables", "online"].contains(file.folder), parts.count == 2, let number = Int(parts[0]), number > 0
        else { return nil }
        self.number = number
        name = String(parts[1])
        flavour = file.flavour
        self.sql = sql
        isOnline = file.folder == "online"
        compatibleWith = Self.compatibility[number] ?? number
    }

    /// The script that runs before the steps each time, and creates the roles, the schema and the list of steps.
    static let bootstrap = SQL.tables_000_bootstrap_sql

    /// The number and name of the step, such as `4 (hour)`.
    var title: String { "\(number) (\(name))" }

    /// All steps, in order.
    ///
    /// A release that changes nothing but texts in `functions/` and `views/` adds a step all the same: a file with a
    /// comment. By its number, programs find the newer one of two texts (`SchemaState`).
    ///
    /// Up to schema 12 functions and views were in the steps. The numbers 5, 6, 8, 9 and 11 had no tables.
    static let all = SQL.texts.compactMap { path, sql in SchemaPath(path).flatMap { Migration($0, sql: sql) } }
        .sorted { $0.number < $1.number }

    /// The steps that older programs can work with, and the last step that such a program has to know.
    private static let compatibility = Dictionary(uniqueKeysWithValues: (12...41).map { ($0, 11) })

    /// The step from which on functions lock tables; before, they took advisory locks.
    static let tableLocks = 19

    /// The number of the last step, which is that of the schema.
    static let latest = all.map(\.number).max() ?? 0

    /// The steps that a database of this flavour takes.
    static func steps(for flavour: Flavour) -> [Migration] {
        all.filter { $0.flavour == nil || $0.flavour == flavour }
    }
}
