package import Analytics

/// The page or app that led to a page, as a browser names it.
package struct Referrer: Sendable, Hashable {
    /// The host in lower case, without one leading `www.` and without the brackets of an IPv6 address; of an Android app
    /// its name.
    package let name: String
    /// The path, percent-decoded, without the slash at its end.
    package let path: String
    package let isApp: Bool
    /// The host as the address has it.
    private let host: String

    /// The text that is stored, which has no scheme and no query.
    package var text: String { (name + path).cut(toBytes: HitInput.bytesOfReferrer) }

    /// Reads the address of the page before; nil if it is not one of `http`, `https` or `android-app`, or has no valid
    /// host.
    package init?(parsing text: String) {
        guard let url = PageURL(parsing: text), let scheme = url.scheme, let host = url.host,
            scheme == "https" || scheme == "http" || scheme == "android-app"
        else { return nil }
        self.host = host
        name = String(host.withoutBrackets)
        isApp = scheme == "android-app"
        let path = url.path(of: SiteSettings())
        self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Compares the host with that of the page it led to, and with those of the site, each with or without `www.`.
    ///
    /// - Parameters:
    ///   - page: The host of the page that it led to.
    ///   - site: The site.
    /// - Returns: True for a page of the site itself.
    package func isInternal(page: String?, site: Site) -> Bool {
        guard !isApp else { return false }
        if let page, page.withoutBrackets == name { return true }
        guard !site.hostnames.isEmpty else { return false }
        return site.allows(host: host) || site.allows(host: name) || site.allows(host: "www." + name)
    }
}

extension String {
    /// A host without one leading `www.`.
    var withoutWWW: Substring { hasPrefix("www.") ? dropFirst(4) : self[...] }

    /// A host without one leading `www.`, or without the brackets of an IPv6 address.
    fileprivate var withoutBrackets: Substring { hasPrefix("[") ? dropFirst().dropLast() : withoutWWW }
}
