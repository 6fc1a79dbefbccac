import HTTPTypes

extension HTTPFields {
    /// The values of a cookie, of which a request may have several of different paths.
    ///
    /// - Parameter name: The name of the cookie.
    /// - Returns: The values, that of the longest path first (RFC 6265, section 5.4).
    func cookies(named name: String) -> [Substring] {
        self[values: .cookie].flatMap { line in
            line.split(separator: ";").compactMap { pair in
                let pair = pair.drop { $0 == " " }
                return pair.hasPrefix(name + "=") ? pair.dropFirst(name.utf8.count + 1) : nil
            }
        }
    }
}
