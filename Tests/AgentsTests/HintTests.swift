import Testing

@testable import Agents

/// Client hints beside agents.
struct HintTests {
    private static let windows = agent("Windows NT 10.0; Win64; x64", "Chrome/142.0.0.0 Safari/537.36")
    private static let mac = agent("Macintosh; Intel Mac OS X 10_15_7", "Chrome/142.0.0.0 Safari/537.36")
    private static let phone = agent("Linux; Android 10; K", "Chrome/142.0.0.0 Mobile Safari/537.36")
    private static let linux = agent("X11; Linux x86_64", "Chrome/142.0.0.0 Safari/537.36")
    private static let tikTok = phone + " musical_ly_2023905030 AppName/musical_ly app_version/39.5.3"
    private static let chrome = #""Google Chrome";v="142", "Chromium";v="142", "Not/A)Brand";v="24""#
    private static let brave = #""Chromium";v="142", "Brave";v="142", "Not;A=Brand";v="99""#
    private static let webView = #""Android WebView";v="142", "Chromium";v="142", "Not_A Brand";v="8""#
    private static let nameless = #""Chromium";v="142", "Not_A Brand";v="8""#

    private static func agent(_ system: String, _ rest: String) -> String {
        "Mozilla/5.0 (\(system)) AppleWebKit/537.36 (KHTML, like Gecko) \(rest)"
    }

    @Test(
        .needsFetchedRules,
        arguments: [
            (windows, ClientHints(brands: chrome), "Chrome · 142 · Windows · 10+ · desktop"),
            (windows, hints(chrome, "?0", #""Windows""#, #""15.0.0""#), "Chrome · 142 · Windows · 11 · desktop"),
            (windows, hints(chrome, "?0", "Windows", "13.0.0"), "Chrome · 142 · Windows · 11 · desktop"),
            (windows, hints(brave, "?0", #""Windows""#, #""10.0.0""#), "Brave · 142 · Windows · 10 · desktop"),
            (windows, hints(chrome, "?0", #""Windows""#, #""0.1.0""#), "Chrome · 142 · Windows · 10+ · desktop"),
            (windows, hints(chrome, "?0", #""Windows""#, #""11.0.0""#), "Chrome · 142 · Windows · 10+ · desktop"),
            (mac, hints(brave, "?0", #""macOS""#, #""12.0.0""#), "Brave · 142 · macOS · 12.0 · desktop"),
            (mac, hints(nil, nil, #""macOS""#, #""""#), "Chrome · 142.0 · macOS · 10.15+ · desktop"),
            (phone, hints(chrome, "?1", #""Android""#, #""15.0.0""#), "Chrome · 142 · Android · 15 · phone"),
            (phone, hints(chrome, "?0", #""Android""#, #""15.0.0""#), "Chrome · 142 · Android · 15 · tablet"),
            (phone, hints(nil, "?1", #""Android""#, #""8.1.0""#), "Chrome · 142.0 · Android · 8.1 · phone"),
            (phone, ClientHints(platformVersion: "15.0.0"), "Chrome · 142.0 · Android · 15 · phone"),
            (phone, hints(nil, nil, "Linux", "6.1.0"), "Chrome · 142.0 · Android · 10+ · phone"),
            (linux, hints(nil, nil, "Linux", "6.1.0"), "Chrome · 142.0 · Linux · – · desktop"),
            (phone, ClientHints(brands: webView), "Chrome · 142.0 · Android · 10+ · phone"),
            (tikTok, ClientHints(brands: webView), "TikTok · 39.5 · Android · 10+ · phone"),
            (linux, hints(nameless, "?0", #""Linux""#, #""""#), "Chrome · 142.0 · Linux · – · desktop"),
            (linux, hints(nil, "?1", #""Android""#, nil), "Chrome · 142.0 · Android · – · phone"),
            (linux, hints(nil, "?0", "Chromium OS", "16002.44.0"), "Chrome · 142.0 · Chrome OS · 16002.44 · desktop"),
            (linux, hints("", "", "", ""), "Chrome · 142.0 · Linux · – · desktop"),
            (linux, hints(#"";";;"#, "?2", #""BeOS""#, "x"), "Chrome · 142.0 · Linux · – · desktop"),
            (linux, ClientHints(brands: "HeadlessChrome;v=142"), "bot · HeadlessChrome · browser-automation"),
        ]
    )
    func hintsComeFirst(agent: String, hints: ClientHints, expected: String) throws {
        let facts = try #require(fetched).facts(of: AgentRequest(agent: agent, hints: hints))
        #expect(facts.text == expected)
    }

    private static func hints(
        _ brands: String?,
        _ mobile: String?,
        _ platform: String?,
        _ version: String?
    ) -> ClientHints {
        ClientHints(brands: brands, mobile: mobile, platform: platform, platformVersion: version)
    }

    @Test(arguments: [
        (#""Chromium";v="106", "Brave";v="106", "Not;A=Brand";v="99""#, "Brave 106"),
        (#""Microsoft Edge";v="142.0.1";x, " Not A;Brand";v="99""#, "Edge 142.0"),
        (#""\\Not\"A\\Brand";v="99", "Opera \G\X" ; a="b;v=1,2" ; v=112"#, "Opera GX 112"),
        (#""(Not(A:Brand";v="8", "Chromium";v="99""#, "Chromium 99"),
        (#""Not_A Brand";v="8", "Chromium";v="130""#, "Chromium 130"),
        ("Vivaldi;v=7.1.2, Chromium;v=130", "Vivaldi 7.1"),
        (#""Whale";v="", "Chromium""#, "Whale"),
        (#""a\u{0}b";v="1", "<script>";v="1", "é";v="1""#, ""),
        (#""unterminated;v="1"#, ""),
        (#""Chromium"#, "Chromium"),
        (#""Whale";v="1234567890", "Chromium""#, "Whale"),
        (String(repeating: ",", count: 100) + "Brave", ""),
        ("\"" + String(repeating: "a", count: 41) + "\"", ""),
        ("", ""), (" , ;;=,\"", ""),
    ])
    func theBrandThatTellsMostIsFound(header: String, expected: String) {
        let brand = Brand.first(in: header)
        #expect([brand?.name, brand?.version].compactMap { $0 }.joined(separator: " ") == expected)
    }

    @Test func longHeadersAreCut() {
        let request = AgentRequest(
            agent: String(repeating: "é", count: 300) + "x",
            hints: ClientHints(
                brands: "a" + String(repeating: "€", count: 100),
                mobile: String(repeating: "?", count: 257)
            )
        )
        #expect(request.agent == String(repeating: "é", count: 256))
        #expect(request.hints.brands == "a" + String(repeating: "€", count: 85))
        #expect(request.hints.mobile?.utf8.count == 256)
        #expect(request.hints.platform == nil)
        #expect(AgentRequest(agent: String(repeating: "a", count: 512)).agent.utf8.count == 512)
    }
}
