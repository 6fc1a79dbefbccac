/// A file in `sql/functions/` or `sql/views/`: nothing but CREATE OR REPLACE and grants, applied again whenever its
/// text has changed.
///
/// A function that a released server calls keeps its name, its arguments and its meaning, and a view its columns, until
/// the compatibility number of the schema rises; then a step drops those that are no longer called.
struct SchemaFile: Sendable {
    /// The path below `sql/`, such as `functions/refresh.postgres.sql`.
    let name: String
    let sql: String
    /// The flavour of the text; nil if both have the same.
    private let flavour: Flavour?

    /// Each file has one view: `Migrator` replaces them one by one.
    static let views = files(in: "views")

    static let functions = files(in: "functions")

    private static func files(in folder: String) -> [SchemaFile] {
        SQL.texts.compactMap { path, sql in
            guard let file = SchemaPath(path), file.folder == folder else { return nil }
            return SchemaFile(name: path, sql: sql, flavour: file.flavour)
        }
    }

    /// The files that a database of this flavour has.
    static func files(for flavour: Flavour) -> [SchemaFile] {
        (views + functions).filter { $0.flavour == nil || $0.flavour == flavour }
    }
}
