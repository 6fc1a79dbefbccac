/// The scripts that the snippets of other products load.
///
/// Both are files of `Assets`, sent as they are written; they find the server by their own address.
package enum SnippetScripts {
    /// The script of Crumby's snippet, `/cmb.js`.
    package static var crumby: String { Assets.cmb_js }
    /// The script of Trail's snippet, `/js/trail.js`.
    package static var trail: String { Assets.trail_js }
}
