/// The parts of a path below `sql/`, such as `functions/refresh.postgres.sql`.
struct SchemaPath {
    let folder: Substring
    let name: Substring
    /// The flavour of the text; nil if both have the same.
    let flavour: Flavour?

    /// Parses a path; nil if it is not the path of a schema file.
    init?(_ path: String) {
        let folders = path.split(separator: "/")
        guard folders.count == 2 else { return nil }
        let parts = folders[1].split(separator: ".")
        guard parts.last == "sql", parts.count == 2 || parts.count == 3 else { return nil }
        let flavour = parts.count == 3 ? Flavour(rawValue: String(parts[1])) : nil
        guard parts.count == 2 || flavour != nil else { return nil }
        (folder, name, self.flavour) = (folders[0], parts[0], flavour)
    }
}
