/// The address of a page, as its sender wrote it, in its parts.
package struct PageURL: Sendable, Hashable {
    /// The host in lower case, in punycode and without the port; nil if the address has none.
    package let host: String?
    /// The path, as it was written.
    package let rawPath: String
    /// The query without `?`, as it was written.
    package let rawQuery: String
    /// The part behind `#`, as it was written.
    package let rawFragment: String

    package init(host: String?, rawPath: String, rawQuery: String = "", rawFragment: String = "") {
        self.host = host
        self.rawPath = rawPath
        self.rawQuery = rawQuery
        self.rawFragment = rawFragment
    }
}
