# The server alone; its database is another container (docker-compose.yml).
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY Tests Tests
COPY sql sql
RUN swift build -c release --product hourglass --static-swift-stdlib \
    --explicit-target-dependency-import-check error \
    && install -D .build/release/hourglass /out/hourglass

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libpq5 zlib1g ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --no-create-home hourglass
COPY --from=build /out/hourglass /usr/local/bin/hourglass
USER hourglass
ENV HOURGLASS_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=6s --start-period=10s CMD ["hourglass", "healthcheck"]
ENTRYPOINT ["hourglass"]
CMD ["serve"]
