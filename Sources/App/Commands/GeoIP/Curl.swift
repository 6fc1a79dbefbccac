import Subprocess
import SystemPackage

/// A download by the program curl.
///
/// The URL and the credentials go through its standard input: the arguments of a process are seen by all.
struct Curl {
    /// The answer of the server, whose body has been passed on.
    struct Answer {
        /// The status; 304 if there is nothing newer.
        let status: Int
        /// The header `Last-Modified` as it was sent.
        let lastModified: String?
    }

    /// The longest configuration, in bytes: it has to fit into a pipe.
    private static let longestConfiguration = 32_000

    let source: DownloadSource
    /// Asks for nothing if it has not changed since; a value of `Last-Modified`.
    var ifModifiedSince: String?

    /// Downloads.
    ///
    /// - Parameter take: Called with the pieces of the body.
    /// - Returns: The answer, with the status 200 or 304.
    /// - Throws: `CommandFailure`, or the error of `take`.
    func run(_ take: ([UInt8]) throws -> Void) async throws -> Answer {
        let configuration = self.configuration
        guard configuration.utf8.count <= Self.longestConfiguration else { throw CommandFailure("the URL is too long") }
        // swift-subprocess 1.0.2 ends this process when a task is cancelled that writes to a child. What fits into a
        // pipe can be written before there is a child.
        let pipe = try FileDescriptor.pipe()
        // Nothing is lost with the end that only reads.
        defer { try? pipe.readEnd.close() }
        try pipe.writeEnd.closeAfter { _ = try pipe.writeEnd.writeAll(configuration.utf8) }
        do {
            let result = try await Subprocess.run(
                .name("curl"),
                arguments: Arguments(arguments),
                input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: false),
                output: .sequence,
                error: .string(limit: 64 * 1024)
            ) { execution in
                for try await piece in execution.standardOutput {
                    // The bytes are copied while they are lent.
                    try take(unsafe piece.withUnsafeBytes { unsafe Array($0) })
                }
            }
            return try answer(result.terminationStatus, report: result.standardError)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw CommandFailure("curl is missing: install it, on Debian with `apt install curl`")
        }
    }

    private var arguments: [String] {
        [
            // First: without it, curl would read the user's configuration.
            "--disable", "--config", "-", "--silent", "--show-error", "--fail", "--globoff", "--location",
            "--max-redirs", "5", "--proto", "=http,https", "--proto-redir",
            source.isEncrypted ? "=https" : "=http,https",
            "--connect-timeout", "20", "--max-time", "3600", "--speed-limit", "1000", "--speed-time", "60",
            "--user-agent", "hourglass/\(App.version)", "--write-out",
            "%{stderr}\\n%{http_code} %header{last-modified}",
        ]
    }

    private var configuration: String {
        var lines = ["url = \(quoted(source.url))"]
        if !source.credentials.isEmpty { lines.append("user = \(quoted(source.credentials))") }
        if let ifModifiedSince { lines.append("header = \(quoted("If-Modified-Since: \(ifModifiedSince)"))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Reads the line behind curl's messages, which are not shown: they may contain the URL.
    private func answer(_ ending: TerminationStatus, report: String) throws(CommandFailure) -> Answer {
        let line = report.split(separator: "\n").last ?? ""
        let status = Int(line.prefix { $0 != " " }) ?? 0
        guard ending.isSuccess, status == 200 || status == 304 else {
            throw CommandFailure("the download from \(source.host) failed: \(reason(ending, status))")
        }
        let modified = line.drop { $0 != " " }.dropFirst()
        let isDate = modified.count < 50 && modified.wholeMatch(of: /[A-Za-z0-9 ,:]+/) != nil
        return Answer(status: status, lastModified: isDate ? String(modified) : nil)
    }

    private func reason(_ ending: TerminationStatus, _ status: Int) -> String {
        switch ending {
        case .exited(22) where status == 401 || status == 403:
            "HTTP status \(status): are the account, the key and the URL right?"
        case .exited(0), .exited(22): "HTTP status \(status)"
        case .exited(3): "the URL is malformed"
        case .exited(5): "the proxy is not known"
        case .exited(6): "the host is not known"
        case .exited(7): "no connection"
        case .exited(18): "it broke off"
        case .exited(28): "it took too long"
        case .exited(1): "it was redirected to a protocol that is not allowed"
        case .exited(35), .exited(58), .exited(60), .exited(77): "no trusted connection by TLS"
        case .exited(47): "it was redirected too often"
        case .exited(52), .exited(56): "the connection was closed"
        case .exited(let code): "curl ended with code \(code)"
        case .signaled(let signal): "curl was ended by signal \(signal)"
        }
    }
}
