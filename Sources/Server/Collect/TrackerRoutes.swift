import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// The routes of the tracker: `/t.js`, `/t.mjs` and, for pages that name one version, `/t.{hash}.js`.
struct TrackerRoutes: Sendable {
    let path: RoutePath
    private let script: Asset
    private let module: Asset
    /// The script of the present version, which never changes.
    private let version: Asset

    init(_ settings: ServerSettings) {
        path = settings.trackerPath
        let tracker = Tracker(path: path.text, endpoint: settings.collectPath.text)
        script = Self.asset(tracker.script, cacheControl: Self.revalidating)
        module = Self.asset(tracker.module, cacheControl: Self.revalidating)
        version = Self.asset(tracker.script, cacheControl: "public, max-age=31536000, immutable")
    }

    var routes: [Route] {
        [
            Route(PathTemplate(path.text), asset: script),
            Route(PathTemplate(path.module), asset: module),
            Route(PathTemplate(path.version), [.get: { request, scope in try version(request, scope) }]),
        ]
    }

    /// A page may use an old script for an hour, and for a day while it fetches the new one.
    private static let revalidating = "public, max-age=3600, stale-while-revalidate=86400"

    @Sendable private func version(_ request: Request, _ scope: RequestScope) throws(Problem) -> Response {
        guard scope.pathParameters["hash"] == version.digest else {
            throw Problem(.notFound, "there is no such version of the script")
        }
        return version.response(to: request)
    }

    /// The pages of any site may load it, with a check of its integrity too.
    static func asset(_ text: String, cacheControl: String) -> Asset {
        Asset(
            ByteBuffer(string: text),
            contentType: "text/javascript; charset=utf-8",
            cacheControl: cacheControl,
            isCompressed: true,
            // Whoever asks, since a cache may give an answer to another page.
            headers: [
                .accessControlAllowOrigin: "*",
                .known("Cross-Origin-Resource-Policy"): "cross-origin",
                .xContentTypeOptions: "nosniff",
            ]
        )
    }
}
