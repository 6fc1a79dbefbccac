extension Migration {
    /// A step as a database has noted it.
    struct Identity: Hashable {
        let number: Int
        let name: String
        /// The SHA-256 of its text, in hexadecimal.
        let checksum: String
    }

    /// The former versions of steps, which also had functions and views, and which earlier programs have applied.
    ///
    /// Each creates the same tables as the step of the same number, so a database may have any of them.
    static func former(for flavour: Flavour) -> Set<Identity> {
        Set(former.filter { $0.flavour == nil || $0.flavour == flavour }.map(\.identity))
    }

    private static let former: [(flavour: Flavour?, identity: Identity)] = [
        (.timescaledb, 1, "extension", "1ba9896d4e1ba579462679cfc7a28560a2325848a28a41d83e15f61e7d1247ee"),
        (.postgres, 2, "event", "dfa079f80e7ccc03b949bc2bd6bcdda63bb4a9ac3a03d7df7447517ecffd8ea4"),
        (.timescaledb, 2, "event", "1c407ce3eec9692bbe62a57af94877d6333dec970763f592b5d9a791debd247a"),
        (.postgres, 3, "aggregate", "616855588399937322eb495b744aadd3117cbd631defcb68ffc4eb0bd35a5126"),
        (.timescaledb, 3, "aggregate", "c3903f1588597c43def1a6c962c74e5e32a571b90699e0c129caa6d4df661a25"),
        (nil, 4, "hour", "98992020a135b3ce622747be1975f3b58e4673b8365c05115b24159c4f6a8372"),
        (nil, 5, "rolling", "98772ff74345437a1bede8ad268fc7e668c07e809c19c92709549f7c4013c390"),
        (.postgres, 6, "refresh", "26ecad6efc959b1ec9f37a5776d91d77ca03c17af12c0fcbd6947748b401057e"),
        (.timescaledb, 6, "refresh", "dba3df693649e73ef6e227527c3744a59f2431f2649b82807e7ffa31fa48cebe"),
        (nil, 7, "batch", "6c8fc1243a842209b5018752ca9c16daa835ef0a63427dc2c2fe1340d28c729b"),
        (nil, 8, "rollup", "514c2fa38f81d5c37f6e00cd64aad468224f04c2eb55c07567c297fb27c6c19e"),
        (nil, 9, "follow", "26d77110786be4285f3c9dcf6f399545ba9d0f13bd60b15ba3097f73aa5a9f3d"),
        (.postgres, 10, "retention", "410a5a660889e398e0abbdef993c2537045c1ff196e82d76265196dd4cf95822"),
        (.timescaledb, 10, "retention", "50424b4bd902a8ec7f412baa54566f0f6210e19d6947bca20ca1c25cd81406f2"),
        (nil, 11, "reading", "485f8aff9352c3f0be414e3921038aa70caeb1d32fa1494dec59003399212c2f"),
        (nil, 12, "fingerprint", "cd27537070a01ca1dab1c1d5aeb8a13306f8c9bf2a541c1f86a9fba8eb073bec"),
    ].map { ($0, Identity(number: $1, name: $2, checksum: $3)) }
}
