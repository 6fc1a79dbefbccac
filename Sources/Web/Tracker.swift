/// The tracker: the script of the pages of sites, and the same as an ES module.
package struct Tracker: Sendable {
    /// The classic script.
    package let script: String
    /// The module, whose default export is the function `hourglass`.
    package let module: String

    package init() {
        script = Assets.t_js
        module = script
    }
}
