/// Two certificates of servers with their keys, made by `openssl req -x509 -days 36500`, for tests alone.
enum Certificates {
    struct Pair: Sendable {
        let name: String
        let chain: String
        let key: String
    }

    static let one = Pair(
        name: "one.example",
        chain: """
            -----BEGIN CERTIFICATE-----
            MIIBmzCCAUGgAwIBAgIUNbs8m4TzJACNgDvFB7ZkxRX1RGMwCgYIKoZIzj0EAwIw
            FjEUMBIGA1UEAwwLb25lLmV4YW1wbGUwIBcNMjYxMTI3MDA0MzUxWhgPMjEyNjEx
            MDMwMDQzNTFaMBYxFDASBgNVBAMMC29uZS5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
            KoZIzj0DAQcDQgAEQ3sxyRas007XBlWAoAib6l5/EHJHJ+PEAR5o4ETiOOMy+Xca
            bXSctM7u4LyBx3QAo4sgrlDyYHOg9Fvo0Gm/8aNrMGkwHQYDVR0OBBYEFMm/a4pY
            ws/r0CW3tB/ZyJGjTd4pMB8GA1UdIwQYMBaAFMm/a4pYws/r0CW3tB/ZyJGjTd4p
            MA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0RBA8wDYILb25lLmV4YW1wbGUwCgYIKoZI
            zj0EAwIDSAAwRQIgVpus6NDx0AufVkHvtHJZKRPPwW2vWr3ICmJhrjIluwgCIQDB
            /+b2zLjMcGZJeTOz1H4680tCrBZ8sgJZXNqACm79bA==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgotxvltzqVEAGPhjZ
            jOarfJIx6xxjSKD7iEsws9wIvDOhRANCAARDezHJFqzTTtcGVYCgCJvqXn8Qckcn
            48QBHmjgROI44zL5dxptdJy0zu7gvIHHdACjiyCuUPJgc6D0W+jQab/x
            -----END PRIVATE KEY-----
            """
    )

    static let two = Pair(
        name: "two.example",
        chain: """
            -----BEGIN CERTIFICATE-----
            MIIBmzCCAUGgAwIBAgIUazb+5MKvqZbm//9Rma7B9rwjOJkwCgYIKoZIzj0EAwIw
            FjEUMBIGA1UEAwwLdHdvLmV4YW1wbGUwIBcNMjYxMTI3MDA0MzUxWhgPMjEyNjEx
            MDMwMDQzNTFaMBYxFDASBgNVBAMMC3R3by5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
            KoZIzj0DAQcDQgAEASjdgXhm6cO89+X+0w47dGxguU6BMoDHgFqG600I0xPUP56H
            2P8AUHfYk9+s0L7Y7ZifHPi0vCqqSJIFSW5oXqNrMGkwHQYDVR0OBBYEFIO1TcEn
            qHkKq4PmQgUDi4Sfp4IAMB8GA1UdIwQYMBaAFIO1TcEnqHkKq4PmQgUDi4Sfp4IA
            MA8GA1UdEwEB/wQFMAMBAf8wFgYDVR0RBA8wDYILdHdvLmV4YW1wbGUwCgYIKoZI
            zj0EAwIDSAAwRQIhANt1Npz5P6g3Gf+l6jjQSxYYGkVa0BUyh55b0ZhB74MXAiB7
            /Jsi1U0JshRPaMe8fXONDTHueh7bmX7seLsma8+Y9w==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgU8KRPIkLIPQmhc+b
            4cLoEttg16nOIjb2ZLGSG4AcMAKhRANCAAQBKN2BeGbpw7z35f7TDjt0bGC5ToEy
            gMeAWobrTQjTE9Q/nofY/wBQd9iT36zQvtjtmJ8c+LS8KqpIkgVJbmhe
            -----END PRIVATE KEY-----
            """
    )
}
