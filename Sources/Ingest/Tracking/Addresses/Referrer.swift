package import Analytics

/// The page of another site that led to a page.
package struct Referrer: Sendable, Hashable {
    /// The host in lower case, without one leading `www.`.
    package let host: String
    /// The path, percent-decoded, without the slash at its end.
    package let path: String

    /// The text that is stored, which has no scheme and no query.
    package var text: String { (host + path).cut(toBytes: HitInput.bytesOfReferrer) }

    /// Reads the address of the page before.
    ///
    /// Nil if it is not one of `http`, `https` or `android-app`, has no valid host, or is a page of the site itself: its
    /// host is that of the page, with or without `www.`, or one of the site's.
    ///
    /// - Parameters:
    ///   - text: The address.
    ///   - page: The host of the page.
    ///   - site: The site.
    package init?(parsing text: String, from page: String?, of site: Site) {
        guard let url = PageURL(parsing: text), let scheme = url.scheme, let host = url.host,
            ["http", "https", "android-app"].contains(scheme)
        else { return nil }
        let name = host.withoutWWW
        guard name != page?.withoutWWW, site.hostnames.isEmpty || !site.allows(host: host) else { return nil }
        self.host = String(name)
        let path = url.path(of: SiteSettings())
        self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}

extension String {
    fileprivate var withoutWWW: Substring { hasPrefix("www.") ? dropFirst(4) : self[...] }
}
