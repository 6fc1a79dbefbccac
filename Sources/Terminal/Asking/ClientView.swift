import FoundationEssentials

/// The client that a server takes a command for, as it tells by `/api/v1/whoami`.
package struct ClientView: Sendable {
    /// The address of the client; nil if it has none.
    package let address: String?
    /// The reason that this is the client, as a sentence without its period.
    package let reason: String

    /// Asks a server by the address that browsers use.
    ///
    /// - Parameter url: The address.
    /// - Returns: The client; nil if what answers there is no hourglass.
    /// - Throws: `TopFailure.unanswered`, or `TopFailure.invalid`
    package static func read(_ url: String) async throws(TopFailure) -> ClientView? {
        let endpoint = try Endpoint(url)
        let answer: APIClient.Answer
        do {
            answer = try await APIClient(endpoint: endpoint).get("/api/v1/whoami")
        } catch {
            throw .unanswered("\(error)")
        }
        guard answer.status == 200 else { return nil }
        return ClientView(body: answer.body)
    }

    /// Reads an answer of the server; nil if it has another form.
    init?(body: String) {
        guard let answer = try? JSONDecoder().decode(Body.self, from: Data(body.utf8)) else { return nil }
        address = answer.address
        reason = answer.address_from
    }

    private struct Body: Decodable {
        let address: String?
        let address_from: String
    }
}
