package io.waypost.api.pool;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.v2.BadRequests;

/** What is wrong with a request about pools, in SES' words where it has some. */
final class PoolFaults {

    private PoolFaults() {}

    static ServiceException configured(String pool) {
        return BadRequests.badRequest(
                "SendingPool <" + pool + "> stands in the server's configuration and can be changed only there.");
    }

    static ServiceException there(String pool) {
        return new ServiceException("AlreadyExistsException", "SendingPool <" + pool + "> already exists");
    }

    static ServiceException noPool(String pool) {
        return new ServiceException("NotFoundException", "SendingPool <" + pool + "> doesn't exist");
    }

    static ServiceException noAddress(String ip) {
        return new ServiceException("NotFoundException", "IP <" + ip + "> doesn't exist");
    }
}
