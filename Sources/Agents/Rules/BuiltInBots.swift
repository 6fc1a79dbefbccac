/// The patterns of the commonest bots, for a server without a list of them.
enum BuiltInBots {
    static let patterns = [
        #"(?<!cu)bots?\b"#, "crawl", "spider", "scan", "headless", "lighthouse", "preview", "facebookexternalhit",
        "^curl/", "^wget", "python", "^go-http-client", "^java/", "okhttp", "axios/", "node-fetch",
        #"^mozilla/[\d.]+$"#,
    ]
}
