-- What Orleans's own providers keep here: membership of silos, reminders, and the state of grains that use its default storage. They read the
-- statements to run from orleansquery; names and types of parameters and columns are their contract, the rest is ours. Each statement is one
-- that decides by itself, so that of two writers exactly one succeeds.

CREATE TABLE IF NOT EXISTS orleansquery (
    querykey varchar(64) PRIMARY KEY,
    querytext varchar(8000) NOT NULL
);

-- One row a deployment; whoever writes a member locks it and raises its version.
CREATE TABLE IF NOT EXISTS orleans_membership_version (
    deployment text COLLATE "C" PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS orleans_membership (
    deployment text COLLATE "C" NOT NULL REFERENCES orleans_membership_version,
    address text COLLATE "C" NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    start_time timestamptz NOT NULL,
    alive_time timestamptz NOT NULL,
    PRIMARY KEY (deployment, address, port, generation)
);

CREATE TABLE IF NOT EXISTS orleans_reminder (
    service text COLLATE "C" NOT NULL,
    grain text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    start_time timestamptz NOT NULL,
    period bigint NOT NULL,
    grain_hash integer NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (service, grain, name)
);
CREATE INDEX IF NOT EXISTS orleans_reminder_by_hash ON orleans_reminder (service, grain_hash);

CREATE TABLE IF NOT EXISTS orleans_state (
    service text COLLATE "C" NOT NULL,
    grain_type text COLLATE "C" NOT NULL,
    id_0 bigint NOT NULL,
    id_1 bigint NOT NULL,
    id_text text COLLATE "C" NOT NULL,
    payload bytea,
    version integer NOT NULL,
    modified timestamptz NOT NULL DEFAULT now(),

    -- Two first writes of one state cannot both be stored. Orleans's hashes are not needed to find a row, and not kept.
    PRIMARY KEY (service, grain_type, id_0, id_1, id_text)
) WITH (fillfactor = 80);

INSERT INTO orleansquery (querykey, querytext) VALUES

('InsertMembershipVersionKey', '
WITH added AS (
    INSERT INTO orleans_membership_version (deployment) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*)::integer FROM added'),

-- The version is compared under the lock of its row, so a member of another version''s view is not written.
('InsertMembershipKey', '
WITH raised AS (
    UPDATE orleans_membership_version v SET version = v.version + 1, changed = now()
    WHERE v.deployment = @DeploymentId AND v.version = @Version AND NOT EXISTS (
        SELECT 1 FROM orleans_membership m
        WHERE m.deployment = @DeploymentId AND m.address = @Address AND m.port = @Port AND m.generation = @Generation)
    RETURNING v.deployment),
added AS (
    INSERT INTO orleans_membership (deployment, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
    SELECT deployment, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort,
           @StartTime::timestamptz, @IAmAliveTime::timestamptz
    FROM raised
    RETURNING 1)
SELECT count(*)::integer FROM added'),

('UpdateMembershipKey', '
WITH raised AS (
    UPDATE orleans_membership_version v SET version = v.version + 1, changed = now()
    WHERE v.deployment = @DeploymentId AND v.version = @Version AND EXISTS (
        SELECT 1 FROM orleans_membership m
        WHERE m.deployment = @DeploymentId AND m.address = @Address AND m.port = @Port AND m.generation = @Generation)
    RETURNING v.deployment),
changed AS (
    UPDATE orleans_membership m
    SET status = @Status, suspect_times = @SuspectTimes::text, alive_time = @IAmAliveTime::timestamptz
    FROM raised
    WHERE m.deployment = raised.deployment AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    RETURNING 1)
SELECT count(*)::integer FROM changed'),

('UpdateIAmAlivetimeKey', '
UPDATE orleans_membership SET alive_time = @IAmAliveTime::timestamptz
WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),

-- A row with the version alone where there is no such member.
('MembershipReadRowKey', '
SELECT v.deployment AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
       m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
       m.start_time AS StartTime, m.alive_time AS IAmAliveTime, v.version AS Version
FROM orleans_membership_version v
LEFT JOIN orleans_membership m
    ON m.deployment = v.deployment AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
WHERE v.deployment = @DeploymentId'),

('MembershipReadAllKey', '
SELECT v.deployment AS DeploymentId, m.address AS Address, m.port AS Port, m.generation AS Generation, m.silo_name AS SiloName,
       m.host_name AS HostName, m.status AS Status, m.proxy_port AS ProxyPort, m.suspect_times AS SuspectTimes,
       m.start_time AS StartTime, m.alive_time AS IAmAliveTime, v.version AS Version
FROM orleans_membership_version v
LEFT JOIN orleans_membership m ON m.deployment = v.deployment
WHERE v.deployment = @DeploymentId'),

('DeleteMembershipTableEntriesKey', '
WITH members AS (DELETE FROM orleans_membership WHERE deployment = @DeploymentId)
DELETE FROM orleans_membership_version WHERE deployment = @DeploymentId'),

('GatewaysQueryKey', '
SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
FROM orleans_membership
WHERE deployment = @DeploymentId AND status = @Status AND proxy_port > 0'),

-- 3 is an active member: it is never swept away, however old its sign of life.
('CleanupDefunctSiloEntriesKey', '
DELETE FROM orleans_membership
WHERE deployment = @DeploymentId AND alive_time < @IAmAliveTime::timestamptz AND status <> 3'),

('UpsertReminderRowKey', '
INSERT INTO orleans_reminder AS r (service, grain, name, start_time, period, grain_hash, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime::timestamptz, @Period, @GrainHash, 0)
ON CONFLICT (service, grain, name) DO UPDATE
SET start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash, version = r.version + 1
RETURNING r.version AS Version'),

('ReadReminderRowsKey', '
SELECT grain AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
FROM orleans_reminder WHERE service = @ServiceId AND grain = @GrainId'),

('ReadReminderRowKey', '
SELECT grain AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
FROM orleans_reminder WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName'),

('ReadRangeRows1Key', '
SELECT grain AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
FROM orleans_reminder WHERE service = @ServiceId AND grain_hash > @BeginHash AND grain_hash <= @EndHash'),

-- A range that goes over the end of the ring.
('ReadRangeRows2Key', '
SELECT grain AS GrainId, name AS ReminderName, start_time AS StartTime, period AS Period, version AS Version
FROM orleans_reminder WHERE service = @ServiceId AND (grain_hash > @BeginHash OR grain_hash <= @EndHash)'),

('DeleteReminderRowKey', '
WITH deleted AS (
    DELETE FROM orleans_reminder
    WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version
    RETURNING 1)
SELECT count(*)::integer FROM deleted'),

('DeleteReminderRowsKey', 'DELETE FROM orleans_reminder WHERE service = @ServiceId'),

-- Without a version it is a first write. A version that comes back as it was given tells Orleans that somebody else has written.
('WriteToStorageKey', '
WITH changed AS (
    UPDATE orleans_state SET payload = @PayloadBinary, version = version + 1, modified = now()
    WHERE service = @ServiceId AND grain_type = @GrainTypeString AND id_0 = @GrainIdN0 AND id_1 = @GrainIdN1
        AND id_text = coalesce(@GrainIdExtensionString::text, '''') AND version = @GrainStateVersion::integer
    RETURNING version),
added AS (
    INSERT INTO orleans_state (service, grain_type, id_0, id_1, id_text, payload, version)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''''), @PayloadBinary, 1
    WHERE @GrainStateVersion::integer IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version)
SELECT coalesce((SELECT version FROM changed), (SELECT version FROM added), @GrainStateVersion::integer) AS NewGrainStateVersion'),

('ReadFromStorageKey', '
SELECT payload AS PayloadBinary, modified AS Modified, version AS Version
FROM orleans_state
WHERE service = @ServiceId AND grain_type = @GrainTypeString AND id_0 = @GrainIdN0 AND id_1 = @GrainIdN1
    AND id_text = coalesce(@GrainIdExtensionString::text, '''')'),

('ClearStorageKey', '
UPDATE orleans_state SET payload = NULL, version = version + 1, modified = now()
WHERE service = @ServiceId AND grain_type = @GrainTypeString AND id_0 = @GrainIdN0 AND id_1 = @GrainIdN1
    AND id_text = coalesce(@GrainIdExtensionString::text, '''') AND version = @GrainStateVersion::integer
RETURNING version AS NewGrainStateVersion'),

-- The version after the one deleted, by which Orleans sees that it was this writer who deleted it.
('DeleteStorageKey', '
DELETE FROM orleans_state
WHERE service = @ServiceId AND grain_type = @GrainTypeString AND id_0 = @GrainIdN0 AND id_1 = @GrainIdN1
    AND id_text = coalesce(@GrainIdExtensionString::text, '''') AND version = @GrainStateVersion::integer
RETURNING version + 1 AS NewGrainStateVersion')

ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext;

INSERT INTO schema_version (version) VALUES (2) ON CONFLICT DO NOTHING;
