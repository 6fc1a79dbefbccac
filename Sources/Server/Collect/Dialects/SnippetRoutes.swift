import HTTP
import Web

/// The routes of the scripts that the snippets of other products load, `/cmb.js` and `/js/trail.js`.
enum SnippetRoutes {
    static var routes: [Route] {
        [
            Route("/cmb.js", asset: TrackerRoutes.asset(SnippetScripts.crumby, cacheControl: kept)),
            Route("/js/trail.js", asset: TrackerRoutes.asset(SnippetScripts.trail, cacheControl: kept)),
        ]
    }

    /// As long as with Crumby, a quarter of an hour.
    private static let kept = "public, max-age=900"
}
