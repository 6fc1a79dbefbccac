import Analytics
import HTTP
import Server
import Store
import SystemPackage
import Testing

@testable import Assembly

/// All settings together: the values that the parts of the server get.
struct SettingsTests {
    /// The values of users who set nothing.
    @Test func theDefaultsAreThoseOfTheParts() throws {
        let settings = try settings([:])
        #expect(settings.server.http.host == "127.0.0.1")
        #expect(settings.server.http.port == 8080)
        #expect(settings.server.http.rate == nil)
        #expect(settings.server.http.clients.proxies.isEmpty)
        #expect(settings.server.http.clients.header.name == "X-Forwarded-For")
        #expect(!settings.server.http.clients.expectsProxyHeader)
        #expect(settings.server.acceptedTimes.retention == nil)
        #expect(settings.maintenance.retention == nil)
        #expect(settings.maintenance.compressAfter == .seconds(604_800))
        #expect(settings.store.writers == 4)
        #expect(settings.store.readers == 4)
        #expect(settings.database == nil)
        #expect(settings.flavour == nil)
        #expect(settings.ignored.isEmpty)
    }

    @Test func retentionCountsForOldEventsAndNewOnes() throws {
        let settings = try settings(["HOURGLASS_RETENTION": "30", "HOURGLASS_COMPRESS_AFTER": "0"])
        #expect(settings.maintenance.retention == .seconds(2_592_000))
        #expect(settings.server.acceptedTimes.retention == .seconds(2_592_000))
        #expect(settings.maintenance.compressAfter == nil)
    }

    @Test func timesOfEventsFollowTheSettings() throws {
        let settings = try settings(["HOURGLASS_EARLIEST": "1000", "HOURGLASS_AHEAD": "60"])
        let times = settings.server.acceptedTimes.range(at: Timestamp(seconds: 2000))
        #expect(times == Timestamp(seconds: 1000)...Timestamp(seconds: 2060))
    }

    @Test func thePathsOfTheTrackerAreTheirOwn() throws {
        let settings = try settings(["HOURGLASS_TRACKER_PATH": "/js/app.js", "HOURGLASS_COLLECT_PATH": "/x/e"])
        #expect(settings.server.trackerPath.text == "/js/app.js")
        #expect(settings.server.collectPath.text == "/x/e")
        for (variable, path) in [
            ("TRACKER", "/api/v1/events"), ("TRACKER", "t.js"), ("TRACKER", "/metrics"), ("COLLECT", "/t.js"),
            ("COLLECT", "/t.mjs"), ("COLLECT", "/t.x.js"), ("COLLECT", "/t.js/"),
        ] {
            let error = try #require(throws: Settings.Invalid.self, "\(path)") {
                _ = try self.settings(["HOURGLASS_\(variable)_PATH": path])
            }
            #expect(error.description.hasPrefix("HOURGLASS_\(variable)_PATH: '\(path)' is "), "\(error)")
        }
    }

    @Test func readersNeedAPasswordAndTheEmbeddedDatabase() throws {
        let password = ["HOURGLASS_SQL_PASSWORD": "long enough 1"]
        #expect(try settings(password).listening == nil)
        let port = ["HOURGLASS_SQL_PORT": "5433"]
        #expect(try settings(password.merging(port) { $1 }).listening != nil)
        let faults: [([String: String], String)] = [
            ([:], "HOURGLASS_SQL_PORT: '5433' needs HOURGLASS_SQL_PASSWORD too"),
            (["HOURGLASS_SQL_PASSWORD": "short"], "HOURGLASS_SQL_PASSWORD is too short"),
            (["HOURGLASS_SQL_PASSWORD": "with\na line end"], "HOURGLASS_SQL_PASSWORD contains a control character"),
            (password.merging(["HOURGLASS_SQL_HOST": "a'b"]) { $1 }, "HOURGLASS_SQL_HOST: 'a'b' is no host name"),
            (
                password.merging(["DATABASE_URL": "postgres://a@b/c"]) { $1 },
                "HOURGLASS_SQL_PORT: '5433' is for the embedded database"
            ),
        ]
        for (others, start) in faults {
            let error = try #require(throws: Settings.Invalid.self, "\(start)") {
                _ = try settings(others.merging(port) { $1 })
            }
            #expect(error.description.hasPrefix(start), "\(error)")
        }
    }

    @Test func aRateLimitHasABurst() throws {
        let limited = try settings(["HOURGLASS_RATE_LIMIT": "5"]).server.http.rate
        #expect(limited?.perSecond == 5)
        #expect(limited?.burst == 100)
        #expect(try settings(["HOURGLASS_RATE_LIMIT": "5", "HOURGLASS_RATE_BURST": "9"]).server.http.rate?.burst == 9)
        #expect(try settings(["HOURGLASS_RATE_BURST": "9"]).server.http.rate == nil)
    }

    @Test func proxiesAreTrustedAsTheyAreSet() throws {
        let clients = try settings([
            "HOURGLASS_TRUSTED_PROXIES": "loopback, 192.0.2.0/24", "HOURGLASS_CLIENT_HEADER": "forwarded",
            "HOURGLASS_PROXY_PROTOCOL": "on",
        ]).server.http.clients
        #expect(clients.proxies.entries == ["loopback", "192.0.2.0/24"])
        #expect(clients.header.name == "forwarded")
        #expect(clients.expectsProxyHeader)
    }

    @Test(arguments: [
        ("10.1.0.0/8", "'10.1.0.0/8' has bits behind its prefix, other than 10.0.0.0/8"),
        ("loopback,x.example", "'x.example' is no address"), ("loopback,", "'' is empty"),
        ("::1/129", "'::1/129' has no length from 0 to 128 behind the slash"),
    ])
    func aWrongProxyIsNamed(text: String, reason: String) throws {
        let error = try #require(throws: Settings.Invalid.self) {
            _ = try settings(["HOURGLASS_TRUSTED_PROXIES": text])
        }
        let values = "addresses, networks such as 10.0.0.0/8, loopback, private and unix, with commas between"
        #expect(error.description == "HOURGLASS_TRUSTED_PROXIES: '\(text)' is not \(values): \(reason)")
    }

    @Test func aPartOfASecretIsNotNamed() throws {
        let error = try #require(throws: Settings.Invalid.self) {
            _ = try settings(["HOURGLASS_TRUSTED_PROXIES": "postgres://me:geh,eim@db/x"])
        }
        #expect(!error.description.contains("geh"))
    }

    @Test func theProxyProtocolNeedsProxies() throws {
        let error = try #require(throws: Settings.Invalid.self) {
            _ = try settings(["HOURGLASS_PROXY_PROTOCOL": "on"])
        }
        let problem = "closes every connection while HOURGLASS_TRUSTED_PROXIES names no proxy"
        #expect(error.description == "HOURGLASS_PROXY_PROTOCOL: 'on' \(problem)")
    }

    @Test func aUnixSocketHasAPathAndPermissions() throws {
        #expect(try settings([:]).server.http.socket == nil)
        let standard = try settings(["HOURGLASS_SOCKET": "/run/a"]).server.http.socket
        #expect(standard == UnixSocket("/run/a", permissions: [.ownerReadWrite, .groupReadWrite]))
        let open = try settings(["HOURGLASS_SOCKET": "/run/a", "HOURGLASS_SOCKET_MODE": "666"]).server.http.socket
        #expect(open?.permissions.rawValue == 0o666)
        for mode in ["0660", "66", "888", "-12", "rw-", "+66"] {
            let error = try #require(throws: Settings.Invalid.self) {
                _ = try settings(["HOURGLASS_SOCKET_MODE": mode])
            }
            let problem = "is not three octal digits, such as 660"
            #expect(error.description == "HOURGLASS_SOCKET_MODE: '\(mode)' \(problem)")
        }
        let longest = "/" + String(repeating: "x", count: 102)
        #expect(try settings(["HOURGLASS_SOCKET": longest]).server.http.socket?.path.string == longest)
        let error = try #require(throws: Settings.Invalid.self) {
            _ = try settings(["HOURGLASS_SOCKET": longest + "x"])
        }
        #expect(error.description == "HOURGLASS_SOCKET: '\(longest)x' is longer than 103 bytes")
    }

    @Test func aCertificateNeedsAKey() throws {
        let both = try settings(["HOURGLASS_TLS_CERTIFICATE": "/a.pem", "HOURGLASS_TLS_KEY": "/b.pem"])
        #expect(both.hasCertificate)
        #expect(both.listeningURL(port: 5) == "https://127.0.0.1:5")
        for (given, missing) in [("CERTIFICATE", "KEY"), ("KEY", "CERTIFICATE")] {
            let error = try #require(throws: Settings.Invalid.self) {
                _ = try settings(["HOURGLASS_TLS_\(given)": "/a.pem"])
            }
            #expect(error.description == "HOURGLASS_TLS_\(given): '/a.pem' needs HOURGLASS_TLS_\(missing) too")
        }
    }

    @Test func noMoreConnectionsAreTakenThanFilesMayBeOpen() throws {
        let most = try settings(["HOURGLASS_CONNECTIONS": "1000000"]).server.http.maximumConnections
        #expect(most == min(1_000_000, FileLimit.forConnections))
        #expect(try settings(["HOURGLASS_CONNECTIONS": "1"]).server.http.maximumConnections == 1)
    }

    @Test(arguments: [
        (nil as String?, nil as String?, "/data/spool" as FilePath?), (nil, "host=db", nil),
        ("auto", nil, "/data/spool"), ("auto", "host=db", nil), ("off", nil, nil), ("off", "host=db", nil),
        ("/spool", nil, "/spool"), ("/spool", "host=db", "/spool"),
    ])
    func theSpoolIsWhereItIsSetOrBesideTheEmbeddedDatabase(
        spool: String?,
        url: String?,
        directory: FilePath?
    ) throws {
        var variables = ["HOURGLASS_DATA_DIR": "/data"]
        variables["HOURGLASS_SPOOL"] = spool
        variables["DATABASE_URL"] = url
        let settings = try settings(variables)
        #expect(settings.spoolDirectory == directory)
        // With a spool, an unreachable database is retried for a shorter time.
        let standard = Settings().store
        #expect((settings.store.retryFor < standard.retryFor) == (directory != nil))
        #expect((settings.store.silence < standard.silence) == (directory != nil))
    }

    @Test(arguments: [
        (nil as String?, nil as String?, "/data/geoip.mmdb" as FilePath?), (nil, "host=db", nil), ("off", nil, nil),
        ("auto", nil, "/data/geoip.mmdb"), ("/geo/city.mmdb", "host=db", "/geo/city.mmdb"),
    ])
    func theGeoIPDatabaseIsWhereItIsSetOrBesideTheEmbeddedDatabase(
        place: String?,
        url: String?,
        file: FilePath?
    ) throws {
        var variables = ["HOURGLASS_DATA_DIR": "/data"]
        variables["HOURGLASS_GEOIP_DATABASE"] = place
        variables["DATABASE_URL"] = url
        #expect(try settings(variables).geoDatabaseFile == file)
    }

    /// A URL may contain a token.
    @Test(arguments: ["geheim", "ftp://geheim/x", "//geheim", "httpsgeheim", "https:/geheim"])
    func aWrongURLIsRefusedWithoutShowingIt(text: String) throws {
        let error = try #require(throws: Settings.Invalid.self) {
            _ = try settings(["HOURGLASS_GEOIP_URL": text])
        }
        #expect(error.description == "HOURGLASS_GEOIP_URL is no URL of http or https")
        #expect(Setting.geoURL.masked("https://host/?token=geheim") == "***")
        #expect(Setting.geoLicenseKey.masked("geheim") == "***")
        #expect(try settings(["HOURGLASS_GEOIP_URL": "HTTPS://h/x"]).geoURL == "HTTPS://h/x")
    }

    @Test func unknownVariablesAreNotLookedAt() throws {
        let unknown = [
            "HOURGLASS_WRITER": "9", "HOURGLASS_": "x", "HOURGLASS_HOST_FILE": "/etc/hostname", "WRITERS": "9",
        ]
        let configured = try Configured(environment: unknown, file: "/nowhere/.env")
        for setting in Setting.all { #expect(configured.value(setting).source == "default") }
        #expect(configured.ignored.isEmpty)
        _ = try Settings(configured)
    }

    private func settings(_ environment: [String: String]) throws -> Settings {
        try Settings(Configured(environment: environment, file: "/nowhere/.env"))
    }
}
