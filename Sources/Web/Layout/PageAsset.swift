/// A file that pages load, whose address has a hash of its content.
package struct PageAsset: Sendable {
    package let content: String
    package let contentType: String
    private let stem: String
    private let suffix: String

    private init(_ content: String, stem: String, suffix: String, contentType: String) {
        self.content = content
        self.contentType = contentType
        self.stem = stem
        self.suffix = suffix
    }

    package static let style = PageAsset(
        Assets.app_css,
        stem: "app",
        suffix: "css",
        contentType: "text/css; charset=utf-8"
    )
    package static let script = PageAsset(
        // One request, whose parts know each other's names.
        Assets.chart_js + Assets.keys_js + Assets.turn_js + Assets.app_js,
        stem: "app",
        suffix: "js",
        contentType: "text/javascript; charset=utf-8"
    )
    /// The script of pages with live figures.
    package static let live = PageAsset(
        Assets.live_js,
        stem: "live",
        suffix: "js",
        contentType: "text/javascript; charset=utf-8"
    )
    package static let icon = PageAsset(
        Assets.favicon_svg,
        stem: "favicon",
        suffix: "svg",
        contentType: "image/svg+xml"
    )
    /// The map of the world.
    package static let world = PageAsset(
        Assets.world_svg,
        stem: "world",
        suffix: "svg",
        contentType: "image/svg+xml"
    )
    package static let all = [style, script, live, icon, world]

    /// The name below `/a/`, such as `app.1f0c….css`.
    package var name: String { "\(stem).\(hash).\(suffix)" }

    /// The 64 bits of FNV-1a over the content, in hexadecimal digits: enough to tell versions of a file apart.
    private var hash: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in content.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
