package import Analytics

extension PageURL {
    /// The path that a page is counted by.
    ///
    /// It is percent-decoded once, or kept as it was sent if that would be no UTF-8 or have control characters; blanks at
    /// its end are cut, case and slashes kept. The parameters of the query that the site names follow, as and in the order
    /// in which they were sent, but those of campaigns and advertisements never do; then the part behind `#` if the site
    /// keeps it.
    ///
    /// - Parameter settings: The settings of the site.
    /// - Returns: The path, at most `maximumBytes`; `/` for an empty one.
    package func path(of settings: SiteSettings) -> String {
        var path = unescaping(rawPath)
        while path.utf8.last == UInt8(ascii: " ") { path.removeLast() }
        if path.isEmpty { path = "/" }
        let kept = settings.queryParameters.isEmpty ? [] : parameters { settings.queryParameters.contains($0) }
        if !kept.isEmpty { path += "?" + kept.joined(separator: "&") }
        if settings.keepsFragment, !rawFragment.isEmpty { path += "#" + unescaping(rawFragment) }
        return path.cut(toBytes: Self.maximumBytes)
    }

    /// The parameters of the query whose names are wanted, as they were written, but for those that no path has.
    private func parameters(_ isWanted: (String) -> Bool) -> [Substring] {
        rawQuery.split(separator: "&").filter { parameter in
            let name = unescaping(String(parameter.prefix { $0 != "=" }), isQuery: true)
            return isWanted(name) && !CampaignParameter.isLeftOut(name)
        }
    }
}
