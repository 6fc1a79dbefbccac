import Dispatch
import FoundationEssentials
package import Logging
import ServiceLifecycle
import Synchronization
package import SystemPackage

/// The places of addresses by the database in a file, which is followed: a new one is taken while look-ups go on.
///
/// A missing file is no error: then no address has a place. One that cannot be used leaves the former database in use.
package final class GeoLocator: Service {
    /// The time between two looks at the file.
    private static let interval: Duration = .seconds(10)

    /// The states of the file that were seen, taken and logged.
    private struct Following {
        /// The state of the file at the last look; nil before the first.
        var seen: FileStamp??
        /// The state of the file that has been taken or refused; nil before the first look.
        var settled: FileStamp??
        /// The state of the file whose failure was logged.
        var logged: FileStamp??
    }

    /// The database in use, with the time when it was taken.
    private struct Loaded {
        let database: GeoDatabase
        let time: Int
    }

    package let path: FilePath
    private let temporary: FilePath?
    private let logger: Logger
    private let following = Mutex(Following())
    private let loaded = Mutex<Loaded?>(nil)
    private let failures = Atomic(0)
    private let found = Atomic(0)
    private let missed = Atomic(0)

    /// - Parameters:
    ///   - path: The file, which need not exist.
    ///   - temporary: The folder of the copy if none can be made beside the file; nil for that of temporary files.
    ///   - logger: The server's.
    package init(_ path: FilePath, temporary: FilePath? = nil, logger: Logger) {
        self.path = path
        self.temporary = temporary
        self.logger = logger
    }

    /// True if there is a database in use.
    package var hasDatabase: Bool { loaded.withLock { $0 != nil } }

    /// The place of an address; nil if there is no database, or no record in it.
    ///
    /// - Parameter address: 4 or 16 bytes in network order.
    /// - Returns: The record of the database.
    package func record(of address: [UInt8]) -> GeoRecord? {
        guard let database = loaded.withLock({ $0?.database }) else { return nil }
        let record = database.record(of: address)
        if record == nil { missed.add(1, ordering: .relaxed) } else { found.add(1, ordering: .relaxed) }
        return record
    }

    /// Looks at the file, and takes it if it is a new one: at the first look at once, later when it has been the same in
    /// two looks, so that nobody is writing it.
    ///
    /// Blocks while the file is copied and checked: 0.5 s for 57 MB.
    package func look() {
        following.withLock { following in
            let stamp: FileStamp?
            do throws(Errno) {
                stamp = try FileStamp(path)
            } catch {
                // Tried again at the next look.
                return logFailure("\(error)", of: nil, &following)
            }
            defer { following.seen = .some(stamp) }
            guard following.settled != .some(stamp) else { return }
            let isFirst = following.seen == nil
            guard isFirst || following.seen == .some(stamp) else { return }
            take(stamp, &following)
        }
    }

    /// Follows the file until the shutdown.
    package func run() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Off the threads of the concurrency runtime, which must not be blocked.
                await withCheckedContinuation { done in
                    DispatchQueue.global().async {
                        self.look()
                        done.resume()
                    }
                }
                // Cancelled while waiting: the loop ends.
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    private func take(_ stamp: FileStamp?, _ following: inout Following) {
        guard stamp != nil else {
            loaded.withLock { $0 = nil }
            following.settled = .some(nil)
            return logger.info("there is no GeoIP database", metadata: ["path": "\(path)"])
        }
        do throws(GeoFailure) {
            let database = try GeoDatabase(path, temporary: temporary)
            loaded.withLock { $0 = Loaded(database: database, time: Self.now) }
            following.settled = .some(stamp)
            logLoaded(database)
        } catch {
            // What the operating system says may be another thing at the next look.
            if case .unreadable = error {} else { following.settled = .some(stamp) }
            logFailure(error.description, of: stamp, &following)
        }
    }

    private func logLoaded(_ database: GeoDatabase) {
        let metadata = database.metadata
        let days = metadata.age(at: Self.now) / 86_400
        logger.log(
            level: metadata.isOld(at: Self.now) ? .warning : .info,
            metadata.isOld(at: Self.now) ? "took an old GeoIP database" : "took the GeoIP database",
            metadata: [
                "path": "\(path)", "type": "\(metadata.type)", "age_days": "\(days)", "nodes": "\(metadata.nodes)",
            ]
        )
    }

    /// Counts and logs a failure, once for each state of the file.
    private func logFailure(_ reason: String, of stamp: FileStamp?, _ following: inout Following) {
        guard following.logged != .some(stamp) else { return }
        following.logged = .some(stamp)
        failures.add(1, ordering: .relaxed)
        logger.warning(
            "the GeoIP database cannot be used",
            metadata: ["path": "\(path)", "reason": "\(reason)", "keeps": "\(state.metadata?.type ?? "none")"]
        )
    }

    private static var now: Int { Int(Date.now.timeIntervalSince1970) }
}

extension GeoLocator {
    /// What an operator wants to know of the database in use.
    package struct State: Sendable {
        /// The description of the database; nil while there is none.
        package let metadata: GeoMetadata?
        /// The time when it was taken, in seconds since 1970.
        package let loadedAt: Int?
        /// The number of files, or states of one, that could not be used.
        package let failures: Int
        /// The number of look-ups with a record.
        package let found: Int
        /// The number of look-ups without a record, while there was a database.
        package let missed: Int
    }

    package var state: State {
        let loaded = loaded.withLock { $0 }
        return State(
            metadata: loaded?.database.metadata,
            loadedAt: loaded?.time,
            failures: failures.load(ordering: .relaxed),
            found: found.load(ordering: .relaxed),
            missed: missed.load(ordering: .relaxed)
        )
    }
}
