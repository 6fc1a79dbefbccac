import NIOHTTP1
import Support
import Testing

extension ContractCase {
    /// Sends the requests of the case with additional headers, and checks the answers.
    func check(_ server: RunningServer, _ more: HTTPHeaders = [:]) async throws {
        let comment = Comment(rawValue: name)
        for query in setup {
            #expect(try await server.ask(.POST, "/analytics?\(query)", more).status == 204, comment)
        }
        var headers = more
        if json != nil { headers.add(name: "Content-Type", value: "application/json") }
        let answer = try await server.ask(HTTPMethod(rawValue: method), target, headers, body: json ?? "")
        #expect(answer.status == status, comment)
        if status == 204 { #expect(answer.body.isEmpty, comment) }
        if let body { #expect(answer.body == body, comment) }
        #expect((answer["Analytics-Rejected"] != nil) == isRejected, comment)
        if let contentType { #expect(answer["Content-Type"]?.hasPrefix(contentType) == true, comment) }
        if let header { #expect(answer[header] != nil, comment) }
        for (time, (users, clicks, impressions)) in counts {
            let report = try await server.ask(.GET, "/analytics?timestamp=\(time)")
            #expect(report.body == "unique_users,\(users)\nclicks,\(clicks)\nimpressions,\(impressions)\n", comment)
        }
    }
}
