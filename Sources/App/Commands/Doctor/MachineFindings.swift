import Analytics
import Assembly
import FoundationEssentials
import GeoIP
import HTTP
import Server
import SystemPackage
import Web

/// The findings about this machine and its files.
struct MachineFindings {
    /// The share of a disk from which it is nearly full, and full.
    private static let (nearlyFull, full) = (0.85, 0.95)

    let settings: Settings
    /// The connections that are to be taken, before the limit on open files counts.
    let wantedConnections: Int

    var all: [Finding] { [files, proxies, keys] + certificate + disks + [places] }

    private var files: Finding {
        let taken = settings.server.http.maximumConnections
        guard taken < wantedConnections else { return .ok("open files", "enough for \(taken) connections") }
        return .warning(
            "open files",
            "the limit of this shell leaves room for \(taken) of \(wantedConnections) connections",
            "raise it where the server is started: LimitNOFILE= in its unit, or `ulimit -n`"
        )
    }

    private var proxies: Finding {
        let clients = settings.server.http.clients
        let isBehindProxy = settings.server.publicURL?.isSecure == true
        guard isBehindProxy, clients.proxies.isEmpty else {
            return .ok("proxy", isBehindProxy ? "its clients are taken from its header" : "none is expected")
        }
        return .failure(
            "proxy",
            "the public address is https, and no proxy is trusted: all visitors would have the address of the proxy",
            "set \(Setting.trustedProxies.variable), such as to loopback"
        )
    }

    private var keys: Finding {
        let host = settings.server.http.host
        let isLocal = host == "localhost" || host == "::1" || host.hasPrefix("127.")
        guard !isLocal, !settings.server.requiresKeys else {
            return .ok("access", isLocal ? "listens on this machine alone" : "/analytics needs keys")
        }
        return .note(
            "access",
            "listens on \(host), and /analytics of the site default is open to all",
            "set \(Setting.requireKeys.variable)=true, unless that is intended"
        )
    }

    /// The finding about the server's certificate; none if it serves without TLS.
    private var certificate: [Finding] {
        do {
            guard let certificate = try settings.certificate() else { return [] }
            let text = "valid until \(certificate.expiry.ISO8601Format())"
            guard certificate.endsSoon else { return [.ok("certificate", text)] }
            let advice = "renew it, and send the server SIGHUP"
            let isOver = certificate.expiry <= .now
            return [isOver ? .failure("certificate", text, advice) : .warning("certificate", text, advice)]
        } catch .unreadable(let path, let reason) {
            return [.note("certificate", "\(path) cannot be read: \(reason)", "run this as the server's user")]
        } catch {
            return [.failure("certificate", "\(error)")]
        }
    }

    private var disks: [Finding] {
        settings.server.writtenPaths.map { path in
            // A directory that cannot be looked at is a finding of its own.
            guard let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path),
                let size = Self.number(attributes[.systemSize]), let free = Self.number(attributes[.systemFreeSize]),
                size > 0
            else {
                return .note("disk", "\(path) is not there yet, or belongs to another user")
            }
            let used = 1 - free / size
            let text = "\(path): \(Int(exactly: (used * 100).rounded()) ?? 0) % used"
            guard used >= Self.nearlyFull else { return .ok("disk", text) }
            let advice = "make room, or keep less: \(Setting.retention.variable), or retention_days of sites"
            return used >= Self.full ? .failure("disk", text, advice) : .warning("disk", text, advice)
        }
    }

    private var places: Finding {
        guard let path = settings.geoDatabaseFile else { return .ok("geoip", "off") }
        do {
            guard try FileStamp(path) != nil else {
                return .note("geoip", "no database: hits have no place", GeoIPFlags.advice)
            }
            let database = try GeoDatabase(path)
            let now = Timestamp.now.milliseconds / 1_000
            let days = database.metadata.age(at: now) / 86_400
            guard database.metadata.isOld(at: now) else {
                return .ok("geoip", "\(database.metadata.type), \(days) days old")
            }
            return .warning(
                "geoip",
                "\(database.metadata.type) is \(days) days old",
                "run `hourglass geoip update`, best twice a week"
            )
        } catch {
            return .failure("geoip", "\(path) cannot be used: \(error)", "run `hourglass geoip update --force`")
        }
    }

    private static func number(_ value: Any?) -> Double? {
        (value as? any BinaryInteger).map { Double($0) }
    }
}
