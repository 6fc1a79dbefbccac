import FoundationEssentials

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Writes a Swift file with the content of other files: `AssetCompiler NAME OUTPUT FOLDER PATH…`.
///
/// With the name `OpenAPI` the files are fragments of one document. The exit status is 1, with the reason on standard
/// output, if the files do not fit together.
@main
struct AssetCompiler {
    private typealias File = (path: String, content: [UInt8])

    static func main() {
        let arguments = CommandLine.arguments
        do {
            guard arguments.count > 4 else { throw Failure(file: arguments[0], reason: "NAME OUTPUT FOLDER PATH…") }
            let folder = URL(filePath: arguments[3])
            let files = try arguments[4...].map { path in
                File(path, Array(try Data(contentsOf: folder.appending(path: path))))
            }
            let isOpenAPI = arguments[1] == "OpenAPI"
            let source = try isOpenAPI ? document(files, in: folder) : enumeration(named: arguments[1], of: files)
            try Data(source.utf8).write(to: URL(filePath: arguments[2]))
        } catch {
            print(error)
            exit(1)
        }
    }

    private static func enumeration(named name: String, of files: [File]) throws(Failure) -> String {
        var enumeration = Enumeration(name: name)
        for file in files { try enumeration.add(file.content, path: file.path) }
        return enumeration.source
    }

    private static func document(_ files: [File], in folder: URL) throws(Failure) -> String {
        var description = OpenAPI()
        for file in files {
            let path = folder.appending(path: file.path).path
            guard let text = String(validating: file.content, as: UTF8.self) else {
                throw Failure(file: path, reason: "not UTF-8")
            }
            try description.add(JSONParser.parse(text, file: path), file: path)
        }
        let text = Literal.text(try description.document().text() + "\n")
        return "enum OpenAPI {\n    static let document: String = \(text)\n}\n"
    }
}
