// SPDX-License-Identifier: Apache-2.0
// Every share of the demo in one place: how often what goes wrong. Per mille where nothing else is said;
// chosen to be believable for a Nordic telecom group after a merger, not measured anywhere.
#pragma once

#include <cstdint>

namespace handslag::demo::share {

using PerMille = std::uint32_t;

// Who they are
inline constexpr PerMille kFjord = 430;             // came from Fjord, the rest from Nord
inline constexpr PerMille kBothBrands = 70;         // customers of both companies
inline constexpr PerMille kCannotLeaveNord = 60;    // the association has a group agreement
inline constexpr PerMille kCannotLeaveFjord = 150;  // Fjord grew by such agreements
inline constexpr PerMille kFibre = 620;
inline constexpr PerMille kProtectedIdentity = 3;
inline constexpr PerMille kNoIdentityNumber = 15;  // foreigners, young users, old contracts
inline constexpr PerMille kSharedPhone = 20;       // only the household's phone is known
inline constexpr PerMille kJoinedDuringYear = 110;
inline constexpr PerMille kAttributeChange = 12;  // a month: moved, new agreement in the association
inline constexpr PerMille kWelcomed = 830;        // new customers who get their welcome in time

// Orders, a month; December by half more
inline constexpr PerMille kOrder = 105;
inline constexpr PerMille kDecemberOrder = 160;
inline constexpr PerMille kConfirmedSlowly = 60;  // more than an hour
inline constexpr PerMille kCancelled = 25;
inline constexpr PerMille kParcelLate = 85;  // ordinary goods
inline constexpr PerMille kParcelLateDecember = 190;
inline constexpr PerMille kModuleLate = 120;          // the CA module in good months
inline constexpr PerMille kModuleLateShortage = 680;  // … while its supplier fails
inline constexpr PerMille kFibreLate = 240;
inline constexpr PerMille kLost = 6;       // never arrives
inline constexpr PerMille kRescued = 330;  // of what would be late: a courier at our cost
inline constexpr PerMille kFirstAttemptFails = 75;
inline constexpr PerMille kToldOfDelay = 640;          // a message each few days while it is late
inline constexpr PerMille kDeliveryTimeCorrected = 4;  // a scan read wrongly and put right
inline constexpr PerMille kAsksWhereItIs = 520;        // of those whose order is late

// Contacts
inline constexpr PerMille kOwnContact = 62;  // a month, for a reason of her own
inline constexpr PerMille kByPhone = 640;
inline constexpr PerMille kByChat = 250;
inline constexpr PerMille kByShop = 60;                // the rest by mail
inline constexpr PerMille kIdentityMissedNord = 35;    // the voice menu does not find the number
inline constexpr PerMille kIdentityMissedFjord = 420;  // … of customers that came from Fjord
inline constexpr PerMille kTriesAgain = 550;           // after a miss
inline constexpr PerMille kCallsAgainAfterHangUp = 700;
inline constexpr PerMille kTakesCallback = 300;  // of those offered one
inline constexpr PerMille kCallbackInTime = 780;
inline constexpr PerMille kTransferred = 130;
inline constexpr PerMille kTransferredTwice = 45;  // a second hand-over in the same contact
inline constexpr PerMille kToldStatus = 690;       // in contacts about a delivery or an outage
inline constexpr PerMille kHelpBlocked = 95;
inline constexpr PerMille kMailUsInstead = 45;
inline constexpr PerMille kSolved = 800;
inline constexpr PerMille kComesBack = 720;     // when it was not solved
inline constexpr PerMille kAsksForFacts = 600;  // serial and card number, in technical matters
inline constexpr PerMille kFactsSeen = 520;     // the agent sees what was given and need not ask
inline constexpr PerMille kFactChanged = 40;    // a box exchanged: a new number, rightly asked for
inline constexpr PerMille kAgentPromises = 90;  // "I will see to it by Friday"
inline constexpr PerMille kAgentKeeps = 800;
inline constexpr PerMille kRobotLoops = 210;     // the chat robot goes in circles
inline constexpr PerMille kComplaintCase = 380;  // a case after the third contact
inline constexpr PerMille kCaseInTime = 760;

// Self-service
inline constexpr PerMille kSelfService = 125;  // a month
inline constexpr PerMille kCompletes = 760;
inline constexpr PerMille kFails = 150;  // the rest give up in silence
inline constexpr PerMille kCallsAfterFailure = 560;
inline constexpr PerMille kCallsAfterSuccess = 25;
inline constexpr PerMille kActivationFails = 270;  // serial and card number after a delivery
inline constexpr PerMille kFailureReported = 120;  // becomes a case for the designer

// Offers
inline constexpr PerMille kReceivesOffer = 330;       // of a brand's customers, each offer
inline constexpr PerMille kServiceKnowsBefore = 720;  // offers that service has acknowledged at launch
inline constexpr PerMille kChecksFibre = 600;         // broadband offers whose list was checked
inline constexpr PerMille kUsesOffer = 45;
inline constexpr PerMille kAsksAboutOffer = 25;
inline constexpr PerMille kAsksAboutUselessOffer = 110;

// Sales in the field
inline constexpr PerMille kSale = 14;  // a month
inline constexpr PerMille kSellerPromisesTooMuch = 420;
inline constexpr PerMille kHonestKept = 900;
inline constexpr PerMille kTooMuchKept = 270;
inline constexpr PerMille kReleased = 35;  // agreed to let it go
inline constexpr PerMille kClaims = 480;   // calls and says "you promised" when it is broken
inline constexpr PerMille kClaimAnswered = 640;

// Bills
inline constexpr PerMille kCorrectedNord = 8;
inline constexpr PerMille kCorrectedFjord = 27;  // after the move of its price list
inline constexpr PerMille kDuplicateInvoice = 4;
inline constexpr PerMille kPaidLate = 45;
inline constexpr PerMille kAsksAboutCorrection = 500;

// Outages and surveys
inline constexpr PerMille kCallsInOutage = 110;
inline constexpr PerMille kSurveySent = 300;      // after a contact or a delivery
inline constexpr PerMille kSurveyAnswered = 210;  // fewer when nothing happened, and when all went wrong

inline constexpr PerMille kWritesUnhappy = 550;    // words of their own, of those who answer and are unhappy
inline constexpr PerMille kWritesOtherwise = 280;  // … and of the others

}  // namespace handslag::demo::share
