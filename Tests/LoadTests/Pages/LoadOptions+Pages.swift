@testable import Load

extension LoadOptions {
    /// Options for visits of pages.
    static func pages(sites: [String] = [], _ change: (inout LoadOptions) -> Void = { _ in }) -> LoadOptions {
        var options = LoadOptions()
        options.mode = .pages
        options.sites = sites
        options.keys = (0..<max(1, sites.count)).map { key($0) }
        (options.until, options.addressesFrom) = (1_700_000_000, 0)
        change(&options)
        return options
    }

    /// The key of a site.
    static func key(_ site: Int) -> String {
        "hgs_" + String(repeating: "\(site)", count: 43)
    }
}
