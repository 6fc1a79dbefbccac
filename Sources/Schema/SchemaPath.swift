/// The parts of a path below `sql/`, such as `functions/refresh.postgres.sql`.
struct SchemaPath {
    let folder: Substring
    let name: Substring
    /// nil where both flavours have the same text.
    let flavour: Flavour?

    /// Takes a path apart; nil if it is none of a file of the schema.
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
