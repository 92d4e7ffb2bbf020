import type { Dialogue } from "@/scripts/simulator/dialogue";
import { angryCaller } from "@/scripts/simulator/dialogues/angry-caller";
import { appointmentReminder } from "@/scripts/simulator/dialogues/appointment-reminder";
import { billingDispute } from "@/scripts/simulator/dialogues/billing-dispute";
import { carService } from "@/scripts/simulator/dialogues/car-service";
import { cardBlocked } from "@/scripts/simulator/dialogues/card-blocked";
import { citaFisioterapia } from "@/scripts/simulator/dialogues/cita-fisioterapia";
import { clinicRescheduling } from "@/scripts/simulator/dialogues/clinic-rescheduling";
import { dentalBooking } from "@/scripts/simulator/dialogues/dental-booking";
import { flatViewing } from "@/scripts/simulator/dialogues/flat-viewing";
import { hotelReservation } from "@/scripts/simulator/dialogues/hotel-reservation";
import { insuranceClaim } from "@/scripts/simulator/dialogues/insurance-claim";
import { internetOutage } from "@/scripts/simulator/dialogues/internet-outage";
import { meterReading } from "@/scripts/simulator/dialogues/meter-reading";
import { parcelSupport } from "@/scripts/simulator/dialogues/parcel-support";
import { rendezVousGarage } from "@/scripts/simulator/dialogues/rendez-vous-garage";
import { restaurantBooking } from "@/scripts/simulator/dialogues/restaurant-booking";
import { satisfactionSurvey } from "@/scripts/simulator/dialogues/satisfaction-survey";

/** All conversations of the simulator. To add one, create a file in `dialogues/` and list it here. */
export const dialogues: readonly Dialogue[] = [
  angryCaller,
  appointmentReminder,
  billingDispute,
  carService,
  cardBlocked,
  citaFisioterapia,
  clinicRescheduling,
  dentalBooking,
  hotelReservation,
  insuranceClaim,
  internetOutage,
  meterReading,
  parcelSupport,
  rendezVousGarage,
  flatViewing,
  restaurantBooking,
  satisfactionSurvey,
];
