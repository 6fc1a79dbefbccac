import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// The routes of the files that pages load, `/a/{name}`, of `/favicon.ico`, and of `/robots.txt`.
struct PageAssetRoutes: Sendable {
    /// The files by their names, which have a hash of the content.
    private let files: [String: Asset]
    private let icon: Asset
    private let robots: Asset

    init(_ settings: ServerSettings) {
        files = Dictionary(uniqueKeysWithValues: PageAsset.all.map { ($0.name, Self.file($0, Self.unchanging)) })
        icon = Self.file(.icon, "public, max-age=86400")
        robots = Asset(
            ByteBuffer(string: "User-agent: *\nAllow: \(settings.trackerPath.text)\nDisallow: /\n"),
            contentType: "text/plain; charset=utf-8",
            cacheControl: "public, max-age=86400"
        )
    }

    var routes: [Route] {
        [
            Route("/a/{name}", [.get: { request, scope in try file(request, scope) }], isDescribed: false),
            Route("/favicon.ico", [.get: { request, _ in icon.response(to: request) }], isDescribed: false),
            Route("/robots.txt", [.get: { request, _ in robots.response(to: request) }], isDescribed: false),
        ]
    }

    /// Another content has another name.
    private static let unchanging = "public, max-age=31536000, immutable"

    @Sendable private func file(_ request: Request, _ scope: RequestScope) throws(Problem) -> Response {
        guard let file = scope.pathParameters["name"].flatMap({ files[$0] }) else {
            throw Problem(.notFound, "there is no such version of a file")
        }
        return file.response(to: request)
    }

    private static func file(_ file: PageAsset, _ cacheControl: String) -> Asset {
        Asset(
            ByteBuffer(string: file.content),
            contentType: file.contentType,
            cacheControl: cacheControl,
            isCompressed: true,
            headers: [.known("Cross-Origin-Resource-Policy"): "same-origin", .xContentTypeOptions: "nosniff"]
        )
    }
}
