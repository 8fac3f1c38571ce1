"""English."""

from __future__ import annotations

from tenure.config.demo.rows import Need, Segment
from tenure.config.demo.words.shape import Words

ENGLISH = Words(
    segments=(
        Segment(
            "Small",
            "Owner-run service firms with 5 to 30 technicians; the owner decides within two weeks.",
            (
                Need("Know who is where today", "One board of today's jobs, on every phone"),
                Need("Stop losing paper orders", "Orders with photos and signature, also without a network"),
                Need("Send invoices in the same week", "A signed job becomes an invoice draft"),
            ),
        ),
        Segment(
            "Mid-market",
            "Regional service companies with 30 to 200 technicians; head of service and finance decide together.",
            (
                Need("Keep the response times we promise", "Clocks per contract that warn before they run out"),
                Need("Have the part in the van", "Parts lists per order and stock per van"),
                Need("See what a contract earns", "Hours, parts and travel per contract, every morning"),
            ),
        ),
        Segment(
            "Enterprise",
            "Groups with many sites and more than 200 technicians; purchasing, IT and works council take part.",
            (
                Need("One way of working at all sites", "Templates for every site, one report above them"),
                Need("Fit our ERP and sign-on", "Connectors, SAML, SCIM and an open API"),
                Need("Prove compliance in an audit", "Checklists with signatures and a history nobody can change"),
            ),
        ),
    ),
    imports=("Accounts and people", "Channels, costs and leads", "Deals", "Subscriptions", "Notes, calls and tasks"),
    channels={
        "organic": "Organic search", "search": "Paid search", "social": "Paid social", "webinar": "Webinars",
        "event": "Trade fairs", "partner": "Partners", "referral": "Customer referrals", "outbound": "Outbound",
    },
    industries={
        "facility": "Facility management", "logistics": "Logistics", "manufacturing": "Manufacturing", "property": "Property management",
        "health": "Healthcare", "hospitality": "Hospitality", "energy": "Energy and utilities", "construction": "Construction",
        "retail": "Retail", "food": "Food and beverage",
    },
    plans={"starter": "Starter", "team": "Team", "business": "Business", "enterprise": "Enterprise"},
    teams={"board": "Management", "marketing": "Marketing", "sales": "Sales", "enterprise": "Enterprise sales", "success": "Customer success"},
    titles={
        "champion": ("Head of Field Service", "Operations Manager", "Service Manager", "Maintenance Lead", "Head of Dispatch"),
        "economic_buyer": ("Managing Director", "Chief Financial Officer", "Owner", "Chief Operating Officer"),
        "technical_buyer": ("Head of IT", "IT Architect", "IT Manager"),
        "procurement": ("Purchasing Manager", "Strategic Buyer"),
        "user_administrator": ("Dispatcher", "Office Manager", "Back Office Lead"),
        "user": ("Team Lead Technicians", "Senior Technician", "Planner"),
        "influencer": ("Quality Manager", "Head of Controlling"),
        "blocker": ("Chair of the Works Council", "Data Protection Officer"),
    },
    personas={"owner": "Owner", "operations": "Head of operations", "finance": "Finance lead", "it": "IT lead"},
    stages={"discovery": "Discovery", "evaluation": "Evaluation", "proposal": "Proposal", "negotiation": "Negotiation", "won": "Won", "lost": "Lost"},
    lost_reasons={
        "no_decision": "No decision", "price": "Price", "competitor": "Competitor", "feature": "Missing feature",
        "timing": "Bad timing", "budget": "No budget", "trial": "Trial not used",
    },
    won_reasons=("Fits how technicians work", "Works without a network", "Fast start", "Price", "Recommended by a customer", "Open API"),
    churn_reasons={
        "not_used": "Not used enough", "price": "Price", "competitor": "Switched to a competitor", "feature": "Missing feature",
        "closed": "Company closed or sold", "support": "Unhappy with support", "project": "Project ended", "payment": "Payment failed",
    },
    disqualified=("Too small", "Student or private person", "Wrong industry", "No reply", "Competitor", "Outside our countries"),
    tags={"key": "key account", "reference": "reference", "pilot": "pilot", "price": "price-sensitive", "erp": "ERP connector", "public": "public sector"},
    came_from_before="Customer from before the CRM",
    deal="{company}: {plan}, {seats} seats",
    expansion="{company}: {seats} more seats",
    comeback="{company}: coming back",
    describes=(
        "{industry} in {city}, about {employees} people. Plans jobs with spreadsheets and telephone until now.",
        "Family-run, {industry}. Technicians are on the road from {city}.",
        "{industry}; serves the region around {city}. Had an own tool built years ago that nobody maintains.",
        "Grows by buying smaller firms; wants one way of working. Seat in {city}.",
    ),
    costs={
        "salaries": "Salaries sales and marketing", "tools": "CRM, analytics and mail tools", "agencies": "Content and design agency",
        "travel": "Travel to customers and fairs", "commissions": "Commissions",
    },
    calls={
        "discovery": ("First call", "What they need", "Understanding the way they plan today"),
        "follow_up": ("Following up on the offer", "Questions about the price", "Where do we stand", "Timeline to a decision"),
        "onboarding": ("Import of the first orders", "Settings of the mobile app", "First week with technicians"),
        "check_in": ("How it is going", "Numbers of the month", "Feedback from the technicians", "Open points"),
        "risk": ("Why fewer people sign in", "Complaint about slow sync", "Talk about the notice"),
        "renewal": ("Preparing the renewal", "Seats for the next year"),
    },
    meetings={
        "demo": ("Product demo", "Demo with dispatch and two technicians", "Workshop: a day in the field"),
        "decision": ("Proposal walk-through", "Meeting with the management", "Security and data protection"),
        "kick_off": ("Kick-off", "Kick-off and plan to go live"),
        "training": ("Training dispatchers", "Training technicians", "Administrator training"),
        "review": ("Quarterly review", "Review of the goals", "Half-year review with the management"),
    },
    mails={
        "intro": ("Thank you for your interest", "Your questions about Lumen Desk"),
        "offer": ("Our offer", "Offer, second version", "Contract for signature"),
        "reply": ("Re: our offer", "Re: next steps", "Documents you asked for"),
        "care": ("What is new in Lumen Desk", "Your usage in {month}", "Invitation to the user day"),
    },
    notes={
        "discovery": (
            "**Today**: {employees} people, jobs on paper and in a spreadsheet.\n**Pain**: {need}\n**Decides**: {person} with the management, until the end of the quarter.",
            "Talked to {person}. They lose about two orders a week. Want to start with one team of {seats}.\nNext: demo with dispatch.",
            "They compare us with {competitor}. What counts: {need}",
        ),
        "won": (
            "Signed for {seats} seats, {plan}. {person} is our champion. Promised: first team live within four weeks.",
            "Won. What tipped it: the technicians liked the app in the demo. Watch: import of old orders.",
        ),
        "lost": ("Lost: {reason}. {person} said we may call again in a year.", "They stay with what they have. Reason given: {reason}."),
        "onboarding": ("Kick-off done. Goal: every order digital by the end of {month}. {person} runs it on their side.", "First orders imported. Two technicians without company phones: solved with their own."),
        "healthy": ("{person} is happy: response time down from two days to one. Asked about parts lists.", "Use is steady. They plan a second site; comes back after the summer.", "Would speak for us as a reference."),
        "risk": ("Only four people signed in this month. {person} has too much to do; offered a training.", "{person} doubts the price. Wants to see what it saves before the renewal.", "Sync problems on old Android phones; support has a ticket open."),
        "churn": ("Gave notice: {reason}. {person} was open about it. Offered a pause, declined.", "Leaves at the end of the term: {reason}."),
        "pinned": ("Call {person} before anything is sent to others. Invoices need their order number.", "Contract price is held for two years. No list price at renewal."),
    },
    tasks={
        "deal": ("Send the offer", "Call back about the offer", "Prepare the demo", "Ask {person} for the decision date", "Get the security questionnaire answered"),
        "onboarding": ("Check the order import", "Plan the training for technicians", "Invite the administrators"),
        "customer": ("Prepare the quarterly review", "Send usage figures to {person}", "Ask for a reference", "Answer the question about parts lists"),
        "risk": ("Find out why use fell", "Call {person} about the low use", "Offer a second training"),
        "renewal": ("Prepare the renewal", "Agree seats for the next year with {person}"),
    },
)
