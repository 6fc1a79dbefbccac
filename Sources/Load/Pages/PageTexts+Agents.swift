extension PageTexts {
    private static let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
    private static let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
    private static let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)"
    private static let tablet = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X)"
    private static let linux = "Mozilla/5.0 (X11; Linux x86_64)"
    private static let blink = "AppleWebKit/537.36 (KHTML, like Gecko)"
    private static let webKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
    private static let firefox = "Gecko/20100101 Firefox/127.0.#"

    /// Browsers in pairs of about the same weight: of two visitors with the same address, one has the first of a pair and
    /// the other the second.
    static let agents = [
        Agent("Chrome 126", "Windows 10", .desktop, 20, "\(windows) \(blink) Chrome/126.0.0.# Safari/537.36"),
        Agent("Chrome 126", "Mac 10.15", .desktop, 20, "\(mac) \(blink) Chrome/126.0.0.# Safari/537.36"),
        Agent("Chrome 125", "Android 14", .mobile, 18, "\(android("Pixel 8")) Chrome/125.0.0.# Mobile Safari/537.36"),
        Agent("Safari 17.5", "iOS 17.5", .mobile, 18, "\(phone) \(webKit) Version/17.5.# Mobile/15E148 Safari/604.1"),
        Agent("Firefox 127", "Windows 10", .desktop, 4, "Mozilla/5.0 (Windows NT 10.0; rv:127.0) \(firefox)"),
        Agent("Safari 17.5", "Mac 10.15", .desktop, 4, "\(mac) \(webKit) Version/17.5.# Safari/605.1.15"),
        Agent(
            "Edge 126",
            "Windows 10",
            .desktop,
            3,
            "\(windows) \(blink) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.#"
        ),
        Agent("Firefox 127", "Ubuntu 22.04", .desktop, 3, "Mozilla/5.0 (X11; Ubuntu; rv:127.0) \(firefox)"),
        Agent(
            "Samsung 25.0",
            "Android 14",
            .mobile,
            2,
            "\(android("SM-S918B")) SamsungBrowser/25.0.# Mobile Safari/537.36"
        ),
        Agent("Firefox 127", "Android 13", .mobile, 2, "Mozilla/5.0 (Android 13; Mobile; rv:127.0) \(firefox)"),
        Agent("Safari 17.5", "iPadOS 17.5", .tablet, 2, "\(tablet) \(webKit) Version/17.5.# Safari/604.1"),
        Agent("Chrome 125", "Android 14", .tablet, 2, "\(android("SM-X710")) Chrome/125.0.0.# Safari/537.36"),
        Agent(
            "Opera 111",
            "Windows 10",
            .desktop,
            1,
            "\(windows) \(blink) Chrome/125.0.0.0 Safari/537.36 OPR/111.0.0.#"
        ),
        Agent("Chrome 126", "Linux 6", .desktop, 1, "\(linux) \(blink) Chrome/126.0.0.# Safari/537.36"),
    ]

    private static func android(_ model: String) -> String {
        "Mozilla/5.0 (Linux; Android 14; \(model)) \(blink)"
    }
}
