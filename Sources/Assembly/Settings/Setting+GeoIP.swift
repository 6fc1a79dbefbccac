// Settings of the places of addresses.
extension Setting {
    package static let geoDatabase = Setting(
        "geoip-database",
        \.geoDatabase,
        .place,
        commands: [.geoip],
        help:
            "Database of the places of addresses, in MaxMind's format: a file, off, or auto, which is geoip.mmdb in the "
            + "data directory with the embedded database and off with a database URL"
    )
    package static let geoURL = Setting(
        "geoip-url",
        \.geoURL,
        .url,
        help:
            "Where `hourglass geoip update` downloads it from: a .mmdb, .mmdb.gz or .tar.gz by http or https; without it, "
            + "GeoLite2-City from MaxMind"
    )
    package static let geoAccount = Setting(
        "geoip-account",
        \.geoAccount,
        .text,
        help: "Number of the account at MaxMind, or a name for another server, for `hourglass geoip update`"
    )
    package static let geoLicenseKey = Setting(
        "geoip-license-key",
        \.geoLicenseKey,
        .password,
        help: "Licence key or password of that account"
    )
}
