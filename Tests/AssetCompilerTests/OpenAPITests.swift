import Testing

@testable import AssetCompiler

struct OpenAPITests {
    private static let info = #"{"openapi": "3.1.0", "info": {"title": "T"}, "tags": [{"name": "b"}]}"#

    @Test func fragmentsSharePathsComponentsAndTags() throws {
        let document = try Self.assemble([
            "a.json": ##"{"paths": {"/e": {"post": {"$ref": "#/components/schemas/E"}}}, "tags": [{"name": "a"}]}"##,
            "e.json": #"{"components": {"schemas": {"E": {}}}, "paths": {"/e": {"get": {}}, "x-other": {"a": 1}}}"#,
            "info.json": Self.info,
        ])
        let expected = ##"""
            {"openapi": "3.1.0", "info": {"title": "T"}, "tags": [{"name": "a"}, {"name": "b"}],
            "paths": {"/e": {"post": {"$ref": "#/components/schemas/E"}, "get": {}}, "x-other": {"a": 1}},
            "components": {"schemas": {"E": {}}}}
            """##
        #expect(try document == JSONParser.parse(expected, file: "expected"))
    }

    @Test(arguments: [
        (#"{"paths": {"/e": {"get": {}}}}"#, "paths /e get is in a.json too"),
        (#"{"paths": {"/e": {"summary": "E"}}}"#, "paths /e summary is in a.json too"),
        (#"{"components": {"schemas": {"E": {}}}}"#, "components schemas E is in a.json too"),
        (#"{"tags": [{"name": "t"}]}"#, "tags t is in a.json too"),
        (#"{"info": {}}"#, "info is in a.json too"),
        (#"{"paths": {"/f": {"get": {"operationId": "e"}}}}"#, "the operationId e is in a.json too"),
        (
            ##"{"paths": {"/f": {"get": {"$ref": "#/components/schemas/F"}}}}"##,
            "there is nothing at the reference #/components/schemas/F"
        ),
        (
            #"{"paths": {"/f": {"get": [{"$ref": "other.json"}]}}}"#,
            "there is nothing at the reference other.json"
        ),
        (#"{"path": {}}"#, "an OpenAPI document has no member path"),
        ("[]", "not a JSON object"),
    ])
    func whatDoesNotFitIsRefusedWithItsFile(fragment: String, reason: String) {
        let first = #"""
            {"openapi": "3.1.0", "info": {}, "tags": [{"name": "t"}], "components": {"schemas": {"E": {}}},
            "paths": {"/e": {"get": {"operationId": "e"}, "summary": "E"}}}
            """#
        #expect(throws: Failure(file: "b.json", reason: reason)) {
            try Self.assemble(["a.json": first, "b.json": fragment])
        }
    }

    @Test func aDocumentWithoutPathsIsRefused() {
        #expect(throws: Failure(file: "OpenAPI", reason: "no fragment has the member paths")) {
            try Self.assemble(["info.json": Self.info])
        }
    }

    private static func assemble(_ fragments: KeyValuePairs<String, String>) throws -> JSON {
        var description = OpenAPI()
        for (file, text) in fragments { try description.add(JSONParser.parse(text, file: file), file: file) }
        return try description.document()
    }
}
