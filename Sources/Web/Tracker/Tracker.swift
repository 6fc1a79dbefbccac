/// The tracker: the script of the pages of sites, and the same as an ES module.
///
/// Both are files of `Assets`, sent as they are written but for the addresses that they send to.
package struct Tracker: Sendable {
    /// The classic script.
    package let script: String
    /// The module, whose default export is the function `hourglass`.
    package let module: String

    /// - Parameters:
    ///   - path: The path of the script.
    ///   - endpoint: The path of the route that takes hits.
    package init(path: String, endpoint: String) {
        // Relative to the script, so that a proxy may serve all of them below a path of its own.
        let up = String(repeating: "../", count: path.count { $0 == "/" } - 1)
        script = Assets.t_js
            .replacing("'\(Self.endpoint)'", with: "'\(up)\(endpoint.dropFirst())'")
            .replacing("'\(Self.pixel)?'", with: "'\(up)\(Self.pixel)?'")
        module = script.replacing(Self.element, with: Self.elementOfModule) + "export default window.hourglass;\n"
    }

    /// The endpoint in the file.
    static let endpoint = "api/v1/events"
    /// The image in the file.
    static let pixel = "pixel.gif"
    /// The expression in the file that finds the element with the switches.
    static let element = "document.currentScript || document.querySelector('script[data-site]')"
    /// The same in a module, whose switches are the query of its address where there is no element.
    private static let elementOfModule = """
        document.querySelector('script[data-site]') || {
          src: import.meta.url, dataset: Object.fromEntries(new URL(import.meta.url).searchParams),
        }
        """
}
