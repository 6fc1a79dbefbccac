extension Setting {
    /// All settings, in the order of the documentation.
    package static let all = [
        host, port, socket, socketMode, certificateChain, certificateKey, publicURL, dataDirectory, databaseURL,
        databasePassword, flavour, queryURL, readersPort, readersHost, readersPassword, queries,
        spool, spoolSize, strict, earliest, ahead,
        maximumBody, maximumInflated, bodyMemory, maximumEvents, queue, liveUsers, retention, compressAfter, writers,
        readers, reportMemory, connections, idleTimeout, requestTimeout, rateLimit, rateBurst, hitRate, hitBurst,
        requireKeys,
        trustedProxies, clientHeader, proxyProtocol, geoDatabase, geoURL, geoAccount, geoLicenseKey,
        agentRules, spamHosts, trackerPath, collectPath, logLevel,
    ]
}
