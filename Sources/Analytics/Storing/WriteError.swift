/// The reason for which a batch was not stored.
package enum WriteError: Error, Equatable {
    /// The database refused rows for what is in them, counted over all entries; it names none where it cannot tell which.
    /// Nothing was stored.
    case refused(rows: [Int], Rejection)
    /// The database cannot be reached, or cannot store anything now. Nothing was stored.
    case unavailable
    /// The connection was lost during COMMIT and the database has not come back to say what happened.
    case unknown
    /// The database is away, and the spool in front of it has no room. Nothing was stored.
    case spoolFull
    /// The database is away, and the disk does not take what is spooled. Nothing was stored.
    case spoolBroken
    /// The spool has been delivered to another place than where the batch begins. Nothing was stored.
    case misplaced

    /// The refusal of one row by a rule of the database, or of one that it does not name.
    package static func refused(row: Int?) -> WriteError {
        .refused(rows: row.map { [$0] } ?? [], Rejection(.body, .refusedByDatabase))
    }
}
