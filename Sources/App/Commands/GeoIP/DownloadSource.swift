import Assembly
import Crypto

/// The place where the database is downloaded from, and the account there, of which nothing but the host may be shown.
struct DownloadSource: Sendable {
    private static let maxMind =
        "https://download.maxmind.com/geoip/databases/GeoLite2-City/download?suffix=tar.gz"
    /// The part of MaxMind's URLs that names the form; with `.sha256` behind it, they give the checksum.
    private static let form = "suffix=tar.gz"

    let url: String
    /// The name and password; empty for none.
    let credentials: String

    /// - Throws: `CommandFailure` if there is no source, or a part of it is missing.
    init(_ settings: Settings) throws(CommandFailure) {
        let key = settings.geoLicenseKey ?? ""
        guard settings.geoAccount.isEmpty == key.isEmpty else {
            let missing: Setting = key.isEmpty ? .geoLicenseKey : .geoAccount
            throw CommandFailure("\(missing.variable) is missing")
        }
        guard let url = settings.geoURL ?? (key.isEmpty ? nil : Self.maxMind) else {
            throw CommandFailure("there is nowhere to download from: \(GeoIPFlags.advice)")
        }
        self.url = url
        credentials = key.isEmpty ? "" : "\(settings.geoAccount):\(key)"
        guard !(url + credentials).unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw CommandFailure("the URL or the account contains a control character")
        }
    }

    private init(url: String, credentials: String) {
        self.url = url
        self.credentials = credentials
    }

    /// The source of the checksum, where there is one.
    var checksum: DownloadSource? {
        guard !credentials.isEmpty, url.contains(Self.form), !url.contains(Self.form + ".") else { return nil }
        return DownloadSource(url: url.replacing(Self.form, with: Self.form + ".sha256"), credentials: credentials)
    }

    var isEncrypted: Bool { url.prefix(8).lowercased() == "https://" }

    /// The host and port, to be shown.
    var host: String {
        guard let start = url.firstRange(of: "://")?.upperBound else { return "" }
        let authority = url[start...].prefix { !"/?#\\".contains($0) }
        return String(authority.split(separator: "@", omittingEmptySubsequences: false).last ?? "")
    }

    /// A name for the source that does not tell what it is.
    var digest: String { Checksum(SHA256.hash(data: Array("\(url) \(credentials)".utf8))).text }
}
