/// The address of a page, as its sender wrote it, in its parts.
package struct PageURL: Sendable, Hashable {
    /// The most bytes of an address, and of the path that is made of one.
    package static let maximumBytes = 2_048

    /// The scheme in lower case, such as `https`; nil if the address has none.
    package let scheme: String?
    /// The host in lower case, in punycode and without the port; nil if the address has none.
    package let host: String?
    /// The path, as it was written.
    package let rawPath: String
    /// The query without `?`, as it was written.
    package let rawQuery: String
    /// The part behind `#`, as it was written.
    package let rawFragment: String

    package init(
        scheme: String? = nil,
        host: String?,
        rawPath: String,
        rawQuery: String = "",
        rawFragment: String = ""
    ) {
        self.scheme = scheme
        self.host = host
        self.rawPath = rawPath
        self.rawQuery = rawQuery
        self.rawFragment = rawFragment
    }
}
