# Waypost as an image: docker build -t waypost .
# State lives in /var/lib/waypost; mount a volume there. Configuration: /opt/waypost/config.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 MAVEN_ARGS=-Dmaven.repo.local=/m2 ./waypost build

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10025 waypost \
    && useradd --system --uid 10025 --gid waypost --home-dir /var/lib/waypost --no-create-home waypost \
    && install -d -o waypost -g waypost -m 0750 /var/lib/waypost
COPY --from=build /src/waypost /opt/waypost/waypost
COPY --from=build /src/server/target/dist /opt/waypost/server/target/dist
COPY --chmod=0755 config/image/ready /opt/waypost/ready
COPY config/waypost.yaml config/compose.yaml /opt/waypost/config/
COPY config/rules /opt/waypost/config/rules
COPY config/compose-rules /opt/waypost/config/compose-rules

# What the server writes with a relative path lands below the volume.
WORKDIR /var/lib/waypost
VOLUME /var/lib/waypost
USER waypost
EXPOSE 2465 2525 2587 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["/opt/waypost/ready", "8080"]
ENTRYPOINT ["/opt/waypost/waypost"]
CMD ["serve", "--config", "/opt/waypost/config/waypost.yaml"]
