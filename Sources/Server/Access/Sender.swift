import Agents
import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest

/// The facts that a request tells about its sender.
struct Sender: Sendable {
    /// The text of the key in `Authorization` or in the query; nil without one.
    let key: String?
    /// The page that a browser sends the request from, such as `https://example.com`.
    let origin: String?
    /// The part of the client's address that it cannot choose; nil if there is none.
    let address: AddressPrefix?
    /// The client's whole address; nil if there is none.
    let clientAddress: ClientAddress?
    let agent: String
    /// The facts from which the place and the software of the client are found out.
    let client: ClientFacts
    /// True with `Sec-GPC: 1`.
    let hasGPC: Bool
    /// True with `DNT: 1`.
    let hasDNT: Bool

    /// - Parameters:
    ///   - request: The request.
    ///   - scope: The scope of the request.
    ///   - query: The fields of its query, in which only a write key may stand.
    init(_ request: Request, _ scope: RequestScope, query: EventFields) {
        let queryKey = query.keyText(in: (request.uri.query ?? "").utf8.span)
        key = request.headers.bearer ?? queryKey
        origin = request.headers[.origin]
        let client = scope.client(of: request).address
        address = client?.prefix
        clientAddress = client
        self.client = ClientFacts(
            address: client?.bytes,
            software: AgentRequest(request.headers),
            languages: request.headers[.acceptLanguage]
        )
        agent = String(request.headers[.userAgent]?.prefix(Self.longestAgent) ?? "")
        hasGPC = request.headers[.secGPC] == "1"
        hasDNT = request.headers[.dnt] == "1"
    }

    /// The most characters of an agent that are looked at.
    private static let longestAgent = 512

    /// True if a site takes the request for an objection to being recognized.
    func objects(to signals: SiteSettings.Signals) -> Bool {
        switch signals {
        case .gpc: hasGPC
        case .both: hasGPC || hasDNT
        case .none: false
        }
    }
}

extension AgentRequest {
    /// The headers of a browser about itself.
    fileprivate init(_ headers: HTTPFields) {
        self.init(
            agent: headers[.userAgent] ?? "",
            hints: ClientHints(
                brands: headers[.brands],
                mobile: headers[.mobile],
                platform: headers[.platform],
                platformVersion: headers[.platformVersion]
            )
        )
    }
}

extension HTTPField.Name {
    fileprivate static let brands = known(ClientHints.Name.brands.header)
    fileprivate static let mobile = known(ClientHints.Name.mobile.header)
    fileprivate static let platform = known(ClientHints.Name.platform.header)
    fileprivate static let platformVersion = known(ClientHints.Name.platformVersion.header)
    static let secGPC = known("Sec-GPC")
    static let dnt = known("DNT")
}
